import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Clock, MINUTE } from '../../core/clock.ts';
import { type Journal, openJournal } from '../kit/journal.ts';
import { type Placed, Timeline } from '../kit/timeline.ts';
import type { NewPost, SimulatedPost } from '../simulator.ts';

/** `own`: of the office · `visitor`: on the office's wall · `tagged`: names the office · `comment`: under one of these. */
type PostKind = 'own' | 'visitor' | 'tagged' | 'comment';

/** A post or comment of a Meta platform, with what stands under it. */
export interface GraphPost extends Placed {
  readonly id: string;
  readonly kind: PostKind;
  readonly author: { readonly id: string; readonly name: string };
  readonly byOffice: boolean;
  readonly media: readonly string[];
  /** The comment that this one answers: always a top-level one, Meta has two levels. */
  readonly parent: GraphPost | null;
  /** The post at the top; itself for a post. */
  readonly top: GraphPost;
  /** A post's top-level comments, a comment's replies. */
  readonly under: Timeline<GraphPost>;
  /** Everything under a post, both levels. */
  readonly stream: Timeline<GraphPost>;
  text: string;
  earlierTexts: readonly string[];
  hidden: boolean;
  deleted: boolean;
}

const Line = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('write'),
    id: z.string(),
    kind: z.enum(['own', 'visitor', 'tagged', 'comment']),
    author: z.string(),
    byOffice: z.boolean(),
    text: z.string(),
    at: z.coerce.date(),
    under: z.string().nullable(),
    media: z.array(z.string()),
  }),
  z.object({ what: z.literal('edit'), id: z.string(), text: z.string() }),
  z.object({ what: z.literal('delete'), id: z.string() }),
  z.object({ what: z.literal('hide'), id: z.string(), hidden: z.boolean() }),
]);
type Line = z.infer<typeof Line>;
type Written = Extract<Line, { what: 'write' }>;

export interface GraphPostsOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly account: { readonly id: string; readonly name: string };
  /** Makes the id of the n-th post. */
  readonly newId: (seq: number, top: GraphPost | null) => string;
  /** Where a citizen's post without a parent goes. */
  readonly kindOf: (post: NewPost) => PostKind;
  /** Text of the post that is made when somebody comments before the office has posted anything. */
  readonly firstPostText: string;
}

/** Everything written on a simulated Meta platform, in memory and in `posts.jsonl`. */
export class GraphPosts {
  readonly own = new Timeline<GraphPost>();
  readonly visitor = new Timeline<GraphPost>();
  readonly tagged = new Timeline<GraphPost>();
  readonly #all = new Timeline<GraphPost>();
  readonly #byId = new Map<string, GraphPost>();
  readonly #options: GraphPostsOptions;
  readonly #journal: Journal<Line>;
  #seq = 0;

  constructor(options: GraphPostsOptions) {
    this.#options = options;
    const { journal, entries } = openJournal(join(options.dir, 'posts.jsonl'), (line) => Line.parse(line));
    this.#journal = journal;
    for (const entry of entries) this.#apply(entry);
  }

  /** By its whole id or, for `a_b`, by its second half. Deleted ones are not found. */
  find(id: string): GraphPost | null {
    const found = this.#byId.get(lastSegment(id));
    return found && !found.deleted ? found : null;
  }

  /** Also when it was deleted: a page may go on below it. */
  placeOf(id: string): GraphPost | null {
    return this.#byId.get(lastSegment(id)) ?? null;
  }

  writeAsCitizen(post: NewPost): GraphPost {
    const kind = post.parentNativeId === undefined ? this.#options.kindOf(post) : 'comment';
    return this.#write({ ...post, kind, byOffice: false });
  }

  writeAsOffice(post: Omit<NewPost, 'author'>): GraphPost {
    const kind = post.parentNativeId === undefined ? 'own' : 'comment';
    return this.#write({ ...post, author: this.#options.account.name, kind, byOffice: true });
  }

  edit(id: string, text: string): void {
    this.#record({ what: 'edit', id: this.#existing(id).id, text });
  }

  delete(id: string): void {
    this.#record({ what: 'delete', id: this.#existing(id).id });
  }

  hide(id: string, hidden: boolean): void {
    this.#record({ what: 'hide', id: this.#existing(id).id, hidden });
  }

  simulated(): readonly SimulatedPost[] {
    return this.#all.all().map(toSimulated);
  }

  close(): void {
    this.#journal.close();
  }

  #write(post: NewPost & Pick<Written, 'kind' | 'byOffice'>): GraphPost {
    const at = post.at ?? this.#options.clock.now();
    const under = post.kind === 'comment' ? this.#placeFor(post.parentNativeId, at) : null;
    const id = this.#options.newId(this.#seq + 1, under?.top ?? null);
    const { kind, author, byOffice, text, media = [] } = post;
    const line = { what: 'write', id, kind, author, byOffice, text, at, under: under?.id ?? null } as const;
    this.#record({ ...line, media: [...media] });
    return this.#existing(id);
  }

  /** A reply to a reply lands under the top comment; a comment without a place under the newest own post of its time (or the oldest). */
  #placeFor(parentId: string | undefined, at: Date): GraphPost {
    if (parentId !== undefined) {
      const parent = this.#existing(parentId);
      return parent.parent ?? parent;
    }
    for (const post of this.own.newestFirst(at)) return post;
    const oldest = this.own.all()[0];
    if (oldest) return oldest;
    const before = new Date(at.getTime() - MINUTE);
    return this.writeAsOffice({ text: this.#options.firstPostText, at: before });
  }

  #existing(id: string): GraphPost {
    const found = this.find(id);
    if (!found) throw new Error(`no post ${id} on this simulator`);
    return found;
  }

  #record(line: Line): void {
    this.#journal.append(line);
    this.#apply(line);
  }

  #apply(line: Line): void {
    if (line.what === 'write') {
      this.#place(line);
      return;
    }
    const post = this.#existing(line.id);
    if (line.what === 'hide') post.hidden = line.hidden;
    if (line.what === 'delete') this.#remove(post);
    if (line.what === 'edit') {
      post.earlierTexts = [...post.earlierTexts, post.text];
      post.text = line.text;
    }
  }

  #place(line: Written): void {
    this.#seq += 1;
    const under = line.under === null ? null : this.#existing(line.under);
    const post: Omit<GraphPost, 'top'> & { top: GraphPost | null } = {
      id: line.id,
      kind: line.kind,
      byOffice: line.byOffice,
      text: line.text,
      at: line.at,
      media: line.media,
      seq: this.#seq,
      author: { id: line.byOffice ? this.#options.account.id : personId(line.author), name: line.author },
      parent: under && under.kind === 'comment' ? under : null,
      under: new Timeline<GraphPost>(),
      stream: new Timeline<GraphPost>(),
      earlierTexts: [],
      hidden: false,
      deleted: false,
      top: null,
    };
    this.#hang(Object.assign(post, { top: under?.top ?? (post as GraphPost) }), under);
  }

  #hang(post: GraphPost, under: GraphPost | null): void {
    this.#byId.set(lastSegment(post.id), post);
    this.#all.add(post);
    if (post.kind !== 'comment') this[post.kind].add(post);
    under?.under.add(post);
    if (under) post.top.stream.add(post);
  }

  #remove(post: GraphPost): void {
    post.deleted = true;
    if (post.kind !== 'comment') this[post.kind].remove(post);
    (post.parent ?? post.top).under.remove(post);
    post.top.stream.remove(post);
    // What stands under a deleted comment or post goes with it.
    for (const answer of [...post.under.all()]) this.#remove(answer);
  }
}

export function toSimulated(post: GraphPost): SimulatedPost {
  return {
    nativeId: post.id,
    author: post.author.name,
    byOffice: post.byOffice,
    text: post.text,
    at: post.at,
    parentNativeId: post.parent?.id ?? (post.kind === 'comment' ? post.top.id : null),
    quotedNativeId: null,
    deleted: post.deleted,
    hidden: post.hidden,
    earlierTexts: post.earlierTexts,
  };
}

/** `{page}_{post}` and `{post}` are the same object. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('_') + 1);
}

/** The same number for the same name, in the shape of Meta's ids. */
export function personId(name: string): string {
  const number = Number.parseInt(createHash('sha256').update(name).digest('hex').slice(0, 12), 16);
  return `24${String(number).padStart(15, '0').slice(-15)}`;
}
