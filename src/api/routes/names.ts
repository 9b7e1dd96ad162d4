import { listUsers } from '../../store/users.ts';
import { os } from './base.ts';

function byName(known: ReadonlyMap<string, string>) {
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'id'));
}

export const names = os.names.router({
  get: os.names.get.handler(async ({ context: { deps } }) => {
    const people = (await listUsers(deps.db)).filter(({ disabledAt }) => disabledAt === null);
    return {
      agencies: byName(deps.agencyNames).map((one) => ({
        ...one,
        authority: deps.authorities.get(one.id) ?? 'ours',
      })),
      subjects: byName(deps.subjectNames).map((one) => ({
        ...one,
        nameEn: deps.subjectNamesEn.get(one.id) || one.name,
      })),
      letterhead: deps.letterhead,
      holidays: [...deps.clocks.calendar.holidays],
      colleagues: byName(new Map(people.map(({ _id, name }) => [_id, name]))),
    };
  }),
});
