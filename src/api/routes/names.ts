import { os } from './base.ts';

function byName(known: ReadonlyMap<string, string>) {
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'id'));
}

export const names = os.names.router({
  get: os.names.get.handler(({ context }) => ({
    agencies: byName(context.deps.agencyNames),
    subjects: byName(context.deps.subjectNames),
  })),
});
