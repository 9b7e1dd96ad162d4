import type { MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { ReplyTarget } from '../domain/reply.ts';
import type { Connector, TargetNow } from '../platforms/connector.ts';

export interface LookAgainDeps {
  readonly tokens: (text: string) => string[];
  readonly targetOf: (mention: Mention) => ReplyTarget;
  /** Stores what changed. @returns the messages whose words or visibility are others now */
  readonly store: (mentions: readonly Mention[]) => Promise<readonly MentionId[]>;
  readonly markDeleted: (ids: readonly MentionId[]) => Promise<readonly MentionId[]>;
  /** What was written or approved for these messages is taken back. */
  readonly onChanged: (ids: readonly MentionId[]) => Promise<void>;
}

/** Messages that one call may ask for. */
const mostInOneCall = 100;

/**
 * Asks the platform whether messages still stand there as they are stored: no platform tells of every edit and deletion.
 * @returns how many did not
 * @throws the errors of src/core/errors.ts; what was seen before them has had its effect
 */
export async function lookAgain(
  deps: LookAgainDeps,
  connector: Connector,
  mentions: readonly Mention[],
  signal: AbortSignal,
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < mentions.length; from += mostInOneCall) {
    const some = mentions.slice(from, from + mostInOneCall);
    for await (const now of looks(deps, connector, some, signal)) {
      const ids = await takeIn(deps, some, now);
      if (ids.length > 0) await deps.onChanged(ids);
      changed += ids.length;
    }
  }
  return changed;
}

/** One look for all where the platform can, else one after the other. */
async function* looks(
  { targetOf }: LookAgainDeps,
  connector: Connector,
  mentions: readonly Mention[],
  signal: AbortSignal,
): AsyncGenerator<ReadonlyMap<string, TargetNow>> {
  const targets = mentions.map(targetOf);
  if (connector.inspectMany) {
    yield await connector.inspectMany(targets, signal);
    return;
  }
  for (const target of targets) {
    const now = await connector.inspect?.(target, signal);
    if (now) yield new Map([[target.nativeId, now]]);
  }
}

async function takeIn(
  { tokens, targetOf, store, markDeleted }: LookAgainDeps,
  mentions: readonly Mention[],
  seen: ReadonlyMap<string, TargetNow>,
): Promise<readonly MentionId[]> {
  const gone: MentionId[] = [];
  const present: Mention[] = [];
  for (const mention of mentions) {
    const now = seen.get(targetOf(mention).nativeId);
    if (now?.state === 'gone') gone.push(mention._id);
    if (now?.state !== 'present') continue;
    const { text, hidden, latestNativeId } = now;
    if (text !== mention.text || hidden !== mention.hidden)
      present.push({ ...mention, text, hidden, latestNativeId, tokens: tokens(text) });
  }
  return [
    ...(gone.length > 0 ? await markDeleted(gone) : []),
    ...(present.length > 0 ? await store(present) : []),
  ];
}
