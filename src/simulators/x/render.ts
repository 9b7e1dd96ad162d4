import twitterText from 'twitter-text';
import { notAuthorized, notFound } from './bodies.ts';
import { newestVersion, type XPost, type XVersion } from './posts.ts';
import type { XState } from './state.ts';

/** What the client asked to see. */
export interface Selection {
  readonly postFields: ReadonlySet<string>;
  readonly expansions: ReadonlySet<string>;
  readonly userFields: ReadonlySet<string>;
  readonly mediaFields: ReadonlySet<string>;
}

export interface Shown {
  readonly post: XPost;
  readonly version: XVersion;
}

/** The newest version of a post, as timelines show it. */
export function newestOf(post: XPost): Shown {
  return { post, version: newestVersion(post) };
}

type Json = Record<string, unknown>;

/** X hands out `&`, `<` and `>` escaped and every link as t.co, with the real ones in `entities`. */
function wireText(text: string): { text: string; urls: Json[] } {
  const urls: Json[] = [];
  let wire = '';
  let from = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    wire += escaped(text.slice(from, indices[0]));
    const expanded = /^https?:/i.test(url) ? url : `http://${url}`;
    const short = `https://t.co/${shortCode(url)}`;
    const start = [...wire].length;
    urls.push({
      start,
      end: start + short.length,
      url: short,
      expanded_url: expanded,
      display_url: expanded.replace(/^https?:\/\//i, ''),
    });
    wire += short;
    from = indices[1];
  }
  return { text: wire + escaped(text.slice(from)), urls };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function shortCode(url: string): string {
  let hash = 7;
  for (const char of url) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36).padStart(10, 'x').slice(0, 10);
}

function references(post: XPost): Json[] {
  return [
    ...(post.parentId === null ? [] : [{ type: 'replied_to', id: post.parentId }]),
    ...(post.quotedId === null ? [] : [{ type: 'quoted', id: post.quotedId }]),
  ];
}

function mediaKeys(post: XPost): string[] {
  return post.media.map((_, index) => `3_${post.versions[0].id}${index}`);
}

/** A Post object with its default fields and the asked ones. */
function postJson({ post, version }: Shown, fields: ReadonlySet<string>, state: XState): Json {
  const { text, urls } = wireText(version.text);
  const named = state.named(post, version.text);
  const parentAuthor = post.parentId === null ? null : state.visible(post.parentId)?.author;
  const entities: Json = {
    ...(named.length > 0 && {
      mentions: named.map((username) => ({
        start: 0,
        end: username.length + 1,
        username,
        id: state.user(username).id,
      })),
    }),
    ...(urls.length > 0 && { urls }),
  };
  const optional: Json = {
    created_at: version.at.toISOString(),
    author_id: state.user(post.author).id,
    conversation_id: post.conversationId,
    ...(parentAuthor != null && { in_reply_to_user_id: state.user(parentAuthor).id }),
    ...(references(post).length > 0 && { referenced_tweets: references(post) }),
    ...(Object.keys(entities).length > 0 && { entities }),
    ...(post.media.length > 0 && { attachments: { media_keys: mediaKeys(post) } }),
    lang: 'in',
    reply_settings: 'everyone',
    public_metrics: { retweet_count: 0, reply_count: 0, like_count: 0, quote_count: 0 },
  };
  return {
    id: version.id,
    text,
    edit_history_tweet_ids: post.versions.map((each) => each.id),
    ...Object.fromEntries(Object.entries(optional).filter(([name]) => fields.has(name))),
  };
}

function userJson(username: string, fields: ReadonlySet<string>, state: XState): Json {
  const user = state.user(username);
  const optional: Json = {
    created_at: '2015-01-01T00:00:00.000Z',
    protected: user.protected,
    verified: false,
  };
  return {
    id: user.id,
    name: user.username,
    username: user.username,
    ...Object.fromEntries(Object.entries(optional).filter(([name]) => fields.has(name))),
  };
}

/** A post by the id of one of its versions, or why it may not be shown. */
export function lookedUp(id: string, parameter: string, state: XState): Shown | { readonly error: Json } {
  const post = state.visible(id);
  if (!post) return { error: notFound(id, parameter) };
  if (state.user(post.author).protected) return { error: notAuthorized(id, parameter) };
  return { post, version: post.versions.find((version) => version.id === id) ?? newestVersion(post) };
}

function includedPosts(shown: readonly Shown[], state: XState): { posts: Shown[]; errors: Json[] } {
  const ids = new Set(shown.flatMap(({ post }) => references(post).map((reference) => String(reference.id))));
  const posts: Shown[] = [];
  const errors: Json[] = [];
  for (const id of ids) {
    const found = lookedUp(id, 'referenced_tweets.id', state);
    if ('error' in found) errors.push(found.error);
    else posts.push(found);
  }
  return { posts, errors };
}

function includedMedia(shown: readonly Shown[], fields: ReadonlySet<string>): Json[] {
  return shown.flatMap(({ post }) =>
    post.media.map((url, index) => ({
      media_key: mediaKeys(post)[index],
      type: 'photo',
      ...(fields.has('url') && { url }),
    })),
  );
}

/** The whole answer for some posts: `data`, the asked `includes`, and `errors` for what may not be shown. */
export function postsAnswer(shown: readonly Shown[], selection: Selection, state: XState): Json {
  const { postFields, expansions, userFields, mediaFields } = selection;
  const authors = expansions.has('author_id') ? [...new Set(shown.map(({ post }) => post.author))] : [];
  const media = expansions.has('attachments.media_keys') ? includedMedia(shown, mediaFields) : [];
  const { posts, errors } = expansions.has('referenced_tweets.id')
    ? includedPosts(shown, state)
    : { posts: [], errors: [] };
  const includes: Json = {
    ...(authors.length > 0 && { users: authors.map((author) => userJson(author, userFields, state)) }),
    ...(posts.length > 0 && { tweets: posts.map((one) => postJson(one, postFields, state)) }),
    ...(media.length > 0 && { media }),
  };
  return {
    ...(shown.length > 0 && { data: shown.map((one) => postJson(one, postFields, state)) }),
    ...(Object.keys(includes).length > 0 && { includes }),
    ...(errors.length > 0 && { errors }),
  };
}

export function meAnswer(fields: ReadonlySet<string>, state: XState): Json {
  return { data: userJson(state.account.username, fields, state) };
}

/** The names that X uses beside the old ones since August 2026 (openapi 2.167). */
export function withPostNames(json: string): string {
  return json
    .replaceAll('"edit_history_tweet_ids":', '"edit_history_post_ids":')
    .replaceAll('"referenced_tweets":', '"referenced_posts":')
    .replaceAll('"tweets":', '"posts":')
    .replaceAll('https://api.twitter.com/2/problems/', 'https://api.x.com/2/problems/');
}
