import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { CaseDetail } from '../shared/api.ts';
import { useMe } from '../shared/queries.ts';
import { useKeys } from '../shared/use-keys.ts';
import { usePresence } from '../shared/use-presence.ts';
import { type Acted, type InboxAct, inboxActs } from './acts.ts';
import { caseQuery } from './case-query.ts';
import type { InboxFilter } from './search.ts';
import { useActs } from './use-acts.ts';
import { useChosen } from './use-chosen.ts';
import { useDraft } from './use-draft.ts';
import { useThreads } from './use-threads.ts';

const here = getRouteApi('/desk/kotak-masuk');

/** The number of the open case; null when a message without a case is open. */
function numberOf(open: string | undefined, known: string | null | undefined): string | null {
  if (known !== undefined) return known;
  return open?.startsWith('KRA-') ? open : null;
}

function actedOf({ _id, version, state, openedAt, agency }: CaseDetail): Acted {
  return { id: _id, caseNumber: _id, version, state, postedAt: openedAt, agency };
}

/** The state of Kotak Masuk: what stands in the address, what is loaded, what is selected, and its keys. */
export function useInbox() {
  const { may } = useMe();
  const search = here.useSearch();
  const navigate = useNavigate({ from: '/kotak-masuk' });
  const view = search.view ?? 'baru';
  const list = useThreads(search, view);
  const { chosen, toggle, add, clear } = useChosen();
  const cache = useQueryClient();
  const { threads } = list;
  const at = threads.findIndex((thread) => thread.id === search.buka);
  const thread = threads[at];
  const number = numberOf(search.buka, thread?.caseNumber);

  const open = (id: string | undefined): void => {
    const { buka: _before, ...rest } = search;
    const next = { ...rest, ...(id !== undefined && { buka: id }) };
    void navigate({ search: next, replace: search.buka !== undefined });
  };
  const step = (by: 1 | -1): void => {
    const next = threads[at < 0 ? 0 : Math.min(Math.max(at + by, 0), threads.length - 1)];
    if (next) open(next.id);
  };
  const reach = (): void => {
    const next = threads[Math.min(at + 1, threads.length - 1)];
    if (!next) return;
    add([...(thread ? [thread] : []), next]);
    open(next.id);
  };
  const acts = useActs(list.patch, (decided) => {
    if (chosen.size > 0) clear();
    else if (decided.some((one) => one.id === search.buka)) step(1);
  });
  /** The open thread as it was seen, also when the list does not hold it (a link, a similar case). */
  const opened = (): readonly Acted[] => {
    if (thread) return [thread];
    const seen = number === null ? undefined : cache.getQueryData(caseQuery(number).queryKey);
    return seen ? [actedOf(seen)] : [];
  };
  /** On what is selected, else on what is open. */
  const start = (act: InboxAct): void => acts.start(act, chosen.size > 0 ? [...chosen.values()] : opened());
  /** The open case and all that look like the same matter. */
  const chooseSimilar = (): void => {
    const seen = number === null ? undefined : cache.getQueryData(caseQuery(number).queryKey);
    const similar = (seen?.similar ?? []).filter((one) => !one.linked);
    if (!seen || similar.length === 0) return;
    add([
      actedOf(seen),
      ...similar.map(({ caseNumber, ...one }) => ({ ...one, id: caseNumber, caseNumber })),
    ]);
  };
  const draft = useDraft();
  usePresence(search.buka ?? null, 'membaca');
  const mayMove = may('case.move');
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    J: reach,
    x: thread && (() => toggle(thread)),
    s: mayMove ? chooseSimilar : undefined,
    '.': () => void list.reload(),
    r: number !== null && may('draft.write') ? () => draft.start(number) : undefined,
    ...(mayMove && Object.fromEntries(inboxActs.map((act) => [act.key, () => start(act)]))),
  });
  return {
    search,
    view,
    list,
    chosen,
    number,
    acts,
    draft,
    open,
    toggle,
    /** The cases that are selected, else those of the list. */
    numbers: (chosen.size > 0 ? [...chosen.values()] : threads).flatMap((one) => one.caseNumber ?? []),
    /** Null when this person only reads. */
    start: mayMove ? start : null,
    chooseSimilar: mayMove ? chooseSimilar : null,
    clear,
    narrow: (filter: InboxFilter) => void navigate({ search: { ...filter, view } }),
  };
}
export type Inbox = ReturnType<typeof useInbox>;
