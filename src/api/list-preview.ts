import type { Classification } from '../domain/classification.ts';
import type { Entry } from '../reference/entries.ts';
import { checkEntry } from '../reference/faults.ts';
import { type Effect, type Previewable, previewOf } from '../reference/preview.ts';
import { listMentions } from '../store/mention-list.ts';
import { mentions } from '../store/mentions.ts';
import type { ApiContext } from './context.ts';
import { mask, oneLine } from './masking.ts';
import { callersScope } from './routes/base.ts';
import { visibleAmong } from './visible-mentions.ts';

const latest = 300;
const shown = 20;

/** What the entry would do to the text and to the latest messages that this person may see; nothing is kept. */
export async function previewEntry(
  context: ApiContext,
  asked: {
    readonly list: Previewable;
    readonly key: string;
    readonly entry: Entry;
    readonly text?: string | undefined;
  },
) {
  const live = context.deps.lists();
  const checked = checkEntry(live.texts, asked.list, asked.entry);
  const nothing = { text: null, looked: 0, matching: 0, changing: 0, examples: [] };
  if (checked.entry === null) return { faults: [...checked.faults], ...nothing };
  const judge = previewOf(live, asked.list, asked.key, checked.entry);
  const named = (said: Classification) => ({
    decided: said.decided,
    kind: said.kind,
    subjectName: said.subject === null ? null : (context.deps.subjectNames.get(said.subject) ?? said.subject),
    agencyName: said.agency === null ? null : (context.deps.agencyNames.get(said.agency) ?? said.agency),
  });
  const compared = (effect: Effect) => ({
    matches: effect.matches,
    changes: isOtherDecision(effect),
    before: named(effect.before),
    after: named(effect.after),
  });
  const rows = (await latestVisible(context)).map(({ mention }) => ({
    id: mention._id,
    at: mention.postedAt,
    line: oneLine(mask(mention.text), 160),
    ...compared(judge(mention.text)),
  }));
  const [matching, changing] = [rows.filter((row) => row.matches), rows.filter((row) => row.changes)];
  const examples = [...changing, ...matching.filter((row) => !row.changes)].slice(0, shown);
  return {
    faults: [],
    text: asked.text?.trim() ? compared(judge(asked.text)) : null,
    looked: rows.length,
    matching: matching.length,
    changing: changing.length,
    examples,
  };
}

function isOtherDecision({ before, after }: Effect): boolean {
  return (
    before.subject !== after.subject || before.agency !== after.agency || before.companion !== after.companion
  );
}

async function latestVisible(context: ApiContext) {
  const scope = callersScope(context);
  const found = await listMentions(
    mentions(context.deps.db),
    { agency: scope.agency ?? undefined, withSecret: scope.secret },
    { limit: latest, after: undefined },
  );
  return visibleAmong(context, found);
}
