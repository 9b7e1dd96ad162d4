import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { MINUTE } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import { type Journal, openJournal } from '../kit/journal.ts';
import { Timeline } from '../kit/timeline.ts';
import { namedHandles, newestVersion, userIdOf, type XPost, type XUser } from './posts.ts';
import { snowflake } from './snowflake.ts';

const Entry = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('post'),
    id: z.string(),
    seq: z.number(),
    author: z.string(),
    byOffice: z.boolean(),
    text: z.string(),
    at: z.coerce.date(),
    writtenAt: z.coerce.date(),
    parentId: z.string().nullable(),
    quotedId: z.string().nullable(),
    media: z.array(z.string()),
  }),
  z.object({
    what: z.literal('edit'),
    of: z.string(),
    id: z.string(),
    seq: z.number(),
    text: z.string(),
    at: z.coerce.date(),
  }),
  z.object({ what: z.literal('delete'), id: z.string() }),
  z.object({ what: z.literal('protect'), author: z.string(), protected: z.boolean() }),
]);
type Entry = z.infer<typeof Entry>;
type Written = Omit<Extract<Entry, { what: 'post' }>, 'what' | 'id' | 'seq' | 'writtenAt'>;

/** How long and how often a post may be edited. Source: X API docs, "Edit Tweets". */
const editWindowMs = 30 * MINUTE;
const editLimit = 5;

/** Everything that was ever written on the simulated X, and the timelines made of it. */
export class XState {
  readonly account: XUser;
  readonly mentions = new Timeline<XPost>();
  readonly own = new Timeline<XPost>();
  /** Everybody's posts, for search. */
  readonly everything = new Timeline<XPost>();
  readonly #journal: Journal<Entry>;
  readonly #clock: Clock;
  /** Every version's id leads to its post. */
  readonly #byId = new Map<string, XPost>();
  readonly #protected = new Set<string>();

  constructor(dir: string, account: { id: string; name: string }, clock: Clock) {
    this.account = { id: account.id, username: account.name, protected: false };
    this.#clock = clock;
    const { journal, entries } = openJournal(join(dir, 'posts.jsonl'), (line) => Entry.parse(line));
    this.#journal = journal;
    for (const entry of entries) this.#apply(entry);
  }

  write(post: Written): XPost {
    const seq = this.#freeSeq(post.at);
    const id = snowflake(post.at, seq);
    this.#record({ what: 'post', ...post, id, seq, writtenAt: this.#clock.now() });
    return this.#known(id);
  }

  /** @throws {RefusedError} when X would not let its author edit it any more */
  edit(id: string, text: string): void {
    const post = this.#known(id);
    const at = this.#clock.now();
    const isOver =
      at.getTime() - post.versions[0].at.getTime() > editWindowMs || post.versions.length > editLimit;
    if (isOver || post.parentId !== null) {
      throw new RefusedError('not-possible', {
        id: 'Di X, kiriman hanya bisa diubah 5 kali dalam 30 menit, dan balasan tidak bisa diubah.',
        en: 'On X a post can be edited 5 times within 30 minutes, and a reply not at all.',
      });
    }
    const seq = this.#freeSeq(at);
    this.#record({ what: 'edit', of: post.versions[0].id, id: snowflake(at, seq), seq, text, at });
  }

  delete(id: string): void {
    this.#record({ what: 'delete', id: this.#known(id).versions[0].id });
  }

  protect(author: string, isProtected: boolean): void {
    this.#record({ what: 'protect', author: author.toLowerCase(), protected: isProtected });
  }

  /** By the id of any version; null when there is none that is released and not deleted. */
  visible(id: string): XPost | null {
    const post = this.#byId.get(id);
    return post && !post.deleted && post.at <= this.#clock.now() ? post : null;
  }

  user(username: string): XUser {
    if (username.toLowerCase() === this.account.username.toLowerCase()) return this.account;
    return { id: userIdOf(username), username, protected: this.#protected.has(username.toLowerCase()) };
  }

  /** Handles that the platform takes as named: those in the text, and the author of the answered post of the office. */
  named(post: XPost, text: string): readonly string[] {
    const named = namedHandles(text);
    const parent = post.parentId === null ? null : this.#byId.get(post.parentId);
    const office = this.account.username.toLowerCase();
    return parent?.byOffice && !named.includes(office) ? [office, ...named] : named;
  }

  /** The author named our account in it or quoted a post of ours: what makes it a mention, and answerable. */
  concernsUs(post: XPost): boolean {
    if (post.byOffice) return false;
    if (post.quotedId !== null && this.#byId.get(post.quotedId)?.byOffice) return true;
    return this.named(post, newestVersion(post).text).includes(this.account.username.toLowerCase());
  }

  close(): void {
    this.#journal.close();
  }

  #record(entry: Entry): void {
    this.#journal.append(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    switch (entry.what) {
      case 'post':
        this.#place(this.#grown(entry));
        break;
      case 'edit': {
        const before = this.#known(entry.of);
        this.#remove(before);
        const version = { id: entry.id, text: entry.text, at: entry.at };
        this.#place({ ...before, versions: [...before.versions, version], at: entry.at, seq: entry.seq });
        break;
      }
      case 'delete': {
        const before = this.#known(entry.id);
        this.#remove(before);
        this.#place({ ...before, deleted: true });
        break;
      }
      case 'protect':
        if (entry.protected) this.#protected.add(entry.author);
        else this.#protected.delete(entry.author);
        break;
      default:
        entry satisfies never;
    }
  }

  #grown(entry: Extract<Entry, { what: 'post' }>): XPost {
    const parent = entry.parentId === null ? undefined : this.#byId.get(entry.parentId);
    const { id, text, at, seq, author, byOffice, parentId, quotedId, media, writtenAt } = entry;
    return {
      versions: [{ id, text, at }],
      conversationId: parent?.conversationId ?? parentId ?? id,
      deleted: false,
      at,
      seq,
      author,
      byOffice,
      parentId,
      quotedId,
      media,
      writtenAt,
    };
  }

  #place(post: XPost): void {
    for (const version of post.versions) this.#byId.set(version.id, post);
    this.everything.add(post);
    if (post.byOffice) this.own.add(post);
    else if (this.concernsUs(post)) this.mentions.add(post);
  }

  #remove(post: XPost): void {
    for (const timeline of [this.everything, this.own, this.mentions]) timeline.remove(post);
  }

  #known(id: string): XPost {
    const post = this.#byId.get(id);
    if (!post)
      throw new RefusedError('not-found', { id: `Tidak ada kiriman ${id}.`, en: `There is no post ${id}.` });
    return post;
  }

  #freeSeq(at: Date): number {
    let seq = 0;
    while (this.#byId.has(snowflake(at, seq))) seq += 1;
    return seq;
  }
}
