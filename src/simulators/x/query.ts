import { namedHandles, newestVersion, type XPost } from './posts.ts';
import type { XState } from './state.ts';

export type Matches = (post: XPost) => boolean;

/** The query is not one that X takes; the message says where. */
export class QueryError extends Error {
  override name = 'QueryError';
}

const tokenPattern = /\s*(\(|\)|-?"[^"]*"|-?[^\s()"]+)/gy;

/** Compiles a recent-search query: words, "exact", OR, ( ), -, from:, to:, conversation_id:, is:, lang:, url:, @, #. */
export function compileQuery(query: string, state: XState): Matches {
  const tokens = tokensOf(query.trim());
  let next = 0;
  const peek = (): string | undefined => tokens[next];

  function either(): Matches {
    const options = [all()];
    while (peek() === 'OR') {
      next += 1;
      options.push(all());
    }
    return (post) => options.some((matches) => matches(post));
  }
  function all(): Matches {
    const parts: Matches[] = [];
    for (let token = peek(); token !== undefined && token !== ')' && token !== 'OR'; token = peek())
      parts.push(one(token));
    if (parts.length === 0) throw new QueryError('missing term');
    return (post) => parts.every((matches) => matches(post));
  }
  function one(token: string): Matches {
    next += 1;
    if (token !== '(') return term(token, state);
    const inner = either();
    if (peek() !== ')') throw new QueryError('missing )');
    next += 1;
    return inner;
  }

  const matches = either();
  if (next < tokens.length) throw new QueryError(`unexpected '${peek()}'`);
  return matches;
}

function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const match of query.matchAll(tokenPattern)) {
    tokens.push(match[1] ?? '');
    end = match.index + match[0].length;
  }
  if (end !== query.length || tokens.length === 0) throw new QueryError('cannot be read');
  if (tokens.includes('-')) throw new QueryError('a group cannot be negated');
  return tokens;
}

function term(token: string, state: XState): Matches {
  if (token.startsWith('-')) {
    const inner = term(token.slice(1), state);
    return (post) => !inner(post);
  }
  if (token.startsWith('"')) return phrase(token.slice(1, -1));
  const [, name, value] = /^([a-z_]+):(.+)$/.exec(token) ?? [];
  if (name !== undefined && value !== undefined) return operator(name, value, state);
  if (token.startsWith('@')) {
    const handle = token.slice(1).toLowerCase();
    return (post) => namedHandles(newestVersion(post).text).includes(handle);
  }
  return phrase(token);
}

function operator(name: string, value: string, state: XState): Matches {
  const lower = value.replace(/^@/, '').toLowerCase();
  switch (name) {
    case 'from':
      return (post) => post.author.toLowerCase() === lower || state.user(post.author).id === value;
    case 'to':
      return (post) =>
        (post.parentId === null ? '' : (state.visible(post.parentId)?.author ?? '')).toLowerCase() === lower;
    case 'conversation_id':
      return (post) => post.conversationId === value;
    case 'is':
      return kindOf(value);
    case 'lang':
      return () => true;
    case 'url':
      return (post) => newestVersion(post).text.toLowerCase().includes(lower.replaceAll('"', ''));
    default:
      throw new QueryError(`there is no operator '${name}:'`);
  }
}

function kindOf(value: string): Matches {
  switch (value) {
    case 'retweet':
      // Since 4 May 2026 search holds no retweets (X changelog), and the simulator makes none.
      return () => false;
    case 'reply':
      return (post) => post.parentId !== null;
    case 'quote':
      return (post) => post.quotedId !== null;
    default:
      throw new QueryError(`there is no operator 'is:${value}'`);
  }
}

/** Whole words in this order, without regard to case and punctuation. */
function phrase(text: string): Matches {
  const wanted = ` ${words(text)} `;
  if (wanted.trim() === '') throw new QueryError('missing term');
  return (post) => ` ${words(newestVersion(post).text)} `.includes(wanted);
}

function words(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).join(' ');
}
