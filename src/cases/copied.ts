/** From this many other people on, a text that is nearly the same goes round: an advert, a forwarded rumour, a campaign. */
const manyOthers = 3;

/** Whether a text goes round, by who else wrote nearly the same. One person who repeats himself is one person. */
export function goesRound(own: string, others: readonly { readonly by: string }[]): boolean {
  const people = new Set(others.map(({ by }) => by));
  people.delete(own);
  return people.size >= manyOthers;
}
