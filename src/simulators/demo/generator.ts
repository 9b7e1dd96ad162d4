import { DAY, HOUR } from '../../core/clock.ts';
import { inventAuthor } from './authors.ts';
import { type DemoItem, type DemoPlatform, demoPlatforms, type Hints } from './demo-item.ts';
import type { Topic } from './phrases/topic.ts';
import { type Random, seededRandom } from './random.ts';
import { looseText, officeAnswerText, ownPostText } from './sentences.ts';
import { messagesOn, momentOfDay, startOfWibDay, wetness, wibDay } from './shape.ts';
import { registerShares, topicsOn, type WeightedTopics, worded } from './wording.ts';

export interface BackgroundOptions {
  readonly seed: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Citizens' messages a day, least and most. */
  readonly perDay: readonly [number, number];
  /** The share of complaints and questions that the office answers by hand, as long as the answer falls before then. */
  readonly answers?: { readonly share: number; readonly before: Date };
  /** Name of the office's account on X, without @. */
  readonly xAccount?: string;
}

/** An item with what the generator had in mind. Its key is `g-<index>`, its index the place in the sequence. */
export interface BackgroundItem extends DemoItem {
  readonly platform: DemoPlatform;
  readonly index: number;
  readonly hints: Hints;
}

type Draft = Omit<BackgroundItem, 'index' | 'key' | 'account' | 'quotedKey'>;

const platformShares: readonly { readonly weight: number; readonly platform: DemoPlatform }[] = [
  { weight: 40, platform: 'facebook' },
  { weight: 33, platform: 'instagram' },
  { weight: 27, platform: 'x' },
];
const ownPostChance: Readonly<Record<DemoPlatform, number>> = { x: 0.25, instagram: 0.5, facebook: 0.6 };

/** On X a message must name the office to reach it; some do not and are only found by search. */
function addressed(text: string, account: string, random: Random): string {
  const where = random.next();
  if (where < 0.7) return `@${account} ${text}`;
  if (where < 0.85) return `${text} @${account}`;
  return text.toLowerCase().includes('karanganyar') ? text : `${text} #karanganyar`;
}

/** What the sequence still needs to know: bounded, however long it runs. */
class Recent {
  readonly #kept = 40;
  readonly #ownPosts = new Map<DemoPlatform, BackgroundItem[]>();
  readonly #messages: BackgroundItem[] = [];

  addOwnPost(item: BackgroundItem): void {
    const posts = this.#ownPosts.get(item.platform) ?? [];
    posts.push(item);
    if (posts.length > 3) posts.shift();
    this.#ownPosts.set(item.platform, posts);
  }

  addMessage(item: BackgroundItem): void {
    this.#messages.push(item);
    if (this.#messages.length > this.#kept) this.#messages.shift();
  }

  ownPost(platform: DemoPlatform, random: Random): BackgroundItem | null {
    const posts = this.#ownPosts.get(platform);
    return posts === undefined ? null : random.pick(posts);
  }

  message(random: Random): BackgroundItem | null {
    return this.#messages.length === 0 ? null : random.pick(this.#messages);
  }
}

class Sequence {
  readonly #options: BackgroundOptions;
  readonly #recent = new Recent();
  #waitingAnswers: Draft[] = [];
  #next = 0;

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  *items(): Generator<BackgroundItem> {
    const { from, to } = this.#options;
    for (const platform of demoPlatforms)
      yield this.#ownPost(platform, from, this.#randomOf('first', platform));
    const firstDay = wibDay(from);
    for (let day = firstDay; startOfWibDay(day) < to.getTime(); day += 1) yield* this.#dayItems(day);
  }

  #randomOf(...parts: readonly (string | number)[]): Random {
    return seededRandom([this.#options.seed, ...parts].join('/'));
  }

  /** Each day has its own numbers, so that a longer range begins with the same days. */
  *#dayItems(day: number): Generator<BackgroundItem> {
    const { seed, perDay, from, to } = this.#options;
    const random = this.#randomOf('day', day);
    const wet = wetness(seed, day);
    const today = topicsOn(wet);
    const moments: { readonly at: number; readonly ownPost: DemoPlatform | null }[] = [];
    for (const platform of demoPlatforms) {
      if (!random.chance(ownPostChance[platform])) continue;
      moments.push({ at: startOfWibDay(day) + 7 * HOUR + random.int(0, 3 * HOUR), ownPost: platform });
    }
    for (let left = messagesOn(day, wet, perDay, random); left > 0; left -= 1) {
      moments.push({ at: startOfWibDay(day) + momentOfDay(random), ownPost: null });
    }
    moments.sort((one, other) => one.at - other.at);
    for (const { at, ownPost } of moments) {
      const inside = at >= from.getTime() && at < to.getTime();
      if (!inside) continue;
      yield* this.#answersUntil(at);
      if (ownPost !== null) yield this.#ownPost(ownPost, new Date(at), random);
      else yield this.#message(new Date(at), today, random);
    }
  }

  #numbered(draft: Draft): BackgroundItem {
    const index = this.#next;
    this.#next += 1;
    // Written out: a spread costs ten times as much, and load tests make 100,000 of these.
    return {
      index,
      key: `g-${index}`,
      platform: draft.platform,
      author: draft.author,
      account: null,
      text: draft.text,
      at: draft.at,
      parentKey: draft.parentKey,
      quotedKey: null,
      asVisitor: draft.asVisitor,
      hints: draft.hints,
    };
  }

  #ownPost(platform: DemoPlatform, at: Date, random: Random): BackgroundItem {
    const item = this.#numbered({
      platform,
      author: null,
      text: ownPostText(random),
      at,
      parentKey: null,
      asVisitor: false,
      hints: { kind: null, subject: null },
    });
    this.#recent.addOwnPost(item);
    return item;
  }

  #message(at: Date, today: WeightedTopics, random: Random): BackgroundItem {
    const earlier = random.chance(0.12) ? this.#recent.message(random) : null;
    if (earlier !== null) return this.#inThread(earlier, at, random);
    const { platform } = random.weighted(platformShares);
    const { register } = random.weighted(registerShares[platform]);
    const { text, topic, hints } = worded(register, today, random);
    const onWall = platform === 'facebook' && random.chance(0.2);
    const under = platform === 'x' || onWall ? null : this.#recent.ownPost(platform, random);
    const item = this.#numbered({
      platform,
      author: inventAuthor(platform, random),
      text: platform === 'x' ? addressed(text, this.#xAccount, random) : text,
      at,
      parentKey: under?.key ?? null,
      asVisitor: onWall,
      hints,
    });
    if (topic !== null) {
      this.#recent.addMessage(item);
      this.#maybeAnswer(item, topic, random);
    }
    return item;
  }

  /** The citizen comes back, or somebody else joins in. */
  #inThread(earlier: BackgroundItem, at: Date, random: Random): BackgroundItem {
    const same = random.chance(0.5);
    const text = looseText(same ? 'followUps' : 'companions', random);
    return this.#numbered({
      platform: earlier.platform,
      author: same ? earlier.author : inventAuthor(earlier.platform, random),
      text: earlier.platform === 'x' ? `@${this.#xAccount} ${text}` : text,
      at,
      parentKey: earlier.key,
      asVisitor: false,
      hints: { kind: same ? 'pengaduan' : null, subject: same ? earlier.hints.subject : null },
    });
  }

  get #xAccount(): string {
    return this.#options.xAccount ?? 'aduankra_sim';
  }

  #maybeAnswer(item: BackgroundItem, topic: Topic, random: Random): void {
    const { answers } = this.#options;
    if (answers === undefined || !random.chance(answers.share)) return;
    const workday = startOfWibDay(wibDay(item.at) + random.int(1, 4));
    const at = new Date(workday + 8 * HOUR + random.int(0, 7 * HOUR));
    if (at >= answers.before) return;
    this.#waitingAnswers.push({
      platform: item.platform,
      author: null,
      text: officeAnswerText(topic.agency, random),
      at,
      parentKey: item.key,
      asVisitor: false,
      hints: { kind: null, subject: null },
    });
  }

  *#answersUntil(moment: number): Generator<BackgroundItem> {
    const ready = this.#waitingAnswers.filter(({ at }) => at.getTime() <= moment);
    if (ready.length === 0) return;
    this.#waitingAnswers = this.#waitingAnswers.filter(({ at }) => at.getTime() > moment);
    ready.sort((one, other) => one.at.getTime() - other.at.getTime());
    for (const answer of ready) yield this.#numbered(answer);
  }
}

/**
 * Citizens' messages and the office's own posts, oldest first; the same options give the same sequence, and a later `to`
 * only continues it. Parents come before their children. Nothing in it is a training example.
 */
export function generateBackground(options: BackgroundOptions): Generator<BackgroundItem> {
  return new Sequence(options).items();
}

/** As many citizens' messages as asked for (own posts come on top), over 90 days: for load tests. */
export function* generateMany(options: {
  readonly seed: string;
  readonly count: number;
  readonly from: Date;
}): Generator<BackgroundItem> {
  const perDay = Math.max(1, Math.ceil(options.count / 90));
  const far = new Date(options.from.getTime() + 400 * DAY);
  let left = options.count;
  for (const item of generateBackground({ ...options, to: far, perDay: [perDay, perDay] })) {
    if (left === 0) return;
    if (item.author !== null) left -= 1;
    yield item;
  }
}
