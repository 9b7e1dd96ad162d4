import { RefusedError } from '../core/errors.ts';
import type { OfficeList } from '../domain/office-lists.ts';
import { type Entry, entriesOf, fileOf, keyOf, markOf, withEntry } from '../reference/entries.ts';
import { checkEntry, type Fault, removalFaults, togetherFaults } from '../reference/faults.ts';
import type { ListTexts } from '../reference/reference.ts';
import type { Session } from '../store/database.ts';
import { readListTexts, writeList } from '../store/reference.ts';
import { type ApiContext, caller } from './context.ts';

function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const all = (language: 'id' | 'en') => faults.map((one) => one[language]).join(' ');
  throw new RefusedError('invalid', { id: all('id'), en: all('en') }, { faults });
}

function asText(entry: Entry | null): string {
  return entry === null ? '' : JSON.stringify(entry, null, 2);
}

/** @throws {RefusedError} `conflict` with both contents when the entry is not the one that was seen */
function refuseStale(now: Entry | null, mark: string | null, yours: Entry | null): void {
  const nowMark = now === null ? null : markOf(now);
  if (nowMark === mark) return;
  throw new RefusedError(
    'conflict',
    {
      id: 'Sudah diubah orang lain sejak Anda membukanya. Bandingkan kedua isinya.',
      en: 'Somebody else changed it since you opened it. Compare both.',
    },
    { text: asText(now), yours: asText(yours), mark: nowMark, entry: now },
  );
}

function fieldsThatDiffer(before: Entry | null, after: Entry | null): string {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names].filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  return changed.join(',');
}

/** The key as the audit takes it: it holds no spaces and no bars (`SP4N|*|tindak_lanjut|2024-01-01`). */
function auditName(key: string): string {
  return key.replaceAll(/[^\p{L}\p{N}_.:@+/=,-]/gu, '_').slice(0, 150);
}

/** One edit of one entry: read, checked, written and audited in one transaction, then read by this process. */
async function change(
  context: ApiContext,
  list: OfficeList,
  key: string,
  decide: (texts: ListTexts, now: Entry | null) => Entry | null,
): Promise<Entry | null> {
  const { db, transaction, recordAudit, clock, refreshReference } = context.deps;
  const by = caller(context)._id;
  const after = await transaction(async (session: Session) => {
    const texts = (await readListTexts(db, session)) as ListTexts;
    const now = entriesOf(texts, list).find((one) => keyOf(list, one) === key) ?? null;
    const next = decide(texts, now);
    const name = fileOf(list);
    const at = clock.now();
    await writeList(db, { name, json: withEntry(texts, list, key, next)[name], by, at }, session);
    const act = next === null ? 'list.remove' : now === null ? 'list.add' : 'list.change';
    const named = auditName(key);
    const fields = { list, key: named, fields: fieldsThatDiffer(now, next) };
    await recordAudit({ at, by, act, subject: `${list}/${named}`, fields }, session);
    return next;
  });
  await refreshReference();
  return after;
}

const otherKey: Fault = {
  field: '',
  id: 'Kode yang sudah dipakai tidak diubah: hapus, lalu buat yang baru.',
  en: 'The code of an entry does not change: remove it and make a new one.',
};

/**
 * Keeps an entry. @param mark of the entry that was seen; null: it is new
 * @throws {RefusedError} `conflict` when it changed since, `invalid` with the faults by field
 */
export async function saveEntry(
  context: ApiContext,
  list: OfficeList,
  { key, mark, entry: typed }: { readonly key: string; readonly mark: string | null; readonly entry: Entry },
) {
  const kept = await change(context, list, key, (texts, now) => {
    refuseStale(now, mark, typed);
    if (list === 'templates' && now?.locked === true) refuseFaults([lockedTemplate]);
    const checked = checkEntry(texts, list, typed);
    refuseFaults(checked.faults);
    const entry = checked.entry as Entry;
    if (keyOf(list, entry) !== key) refuseFaults([otherKey]);
    refuseFaults(togetherFaults(withEntry(texts, list, key, entry)));
    return entry;
  });
  return { key, mark: markOf(kept as Entry), entry: kept as Entry };
}

const lockedTemplate: Fault = {
  field: 'locked',
  id: 'Templat ini terkunci: teksnya satu-satunya yang boleh tampil di muka umum untuk aduan rahasia.',
  en: 'This template is locked: its text is the only one that may stand in public on a secret case.',
};

/** @throws {RefusedError} `conflict` when it changed since, `invalid` when something else names it */
export async function removeEntry(
  context: ApiContext,
  list: OfficeList,
  { key, mark }: { readonly key: string; readonly mark: string },
): Promise<void> {
  const { examples } = context.deps.lists();
  await change(context, list, key, (texts, now) => {
    refuseStale(now, mark, null);
    refuseFaults(removalFaults(texts, list, key, examples));
    return null;
  });
}
