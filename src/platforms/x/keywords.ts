/** Longest query of self-serve apps, spaces included. Source: X docs, build-a-query. */
const longestQuery = 512;

/**
 * Queries that find the keywords in posts which neither are ours nor name us (those come, cheaper, as mentions). Usually
 * one; more when the words do not fit into one.
 */
export function searchQueries(keywords: readonly string[], handle: string): readonly string[] {
  const tail = ` -is:retweet -from:${handle} -@${handle}`;
  const queries: string[] = [];
  let words: string[] = [];
  for (const keyword of keywords) {
    const word = quoted(keyword);
    if (word === '') continue;
    if (words.length > 0 && `(${[...words, word].join(' OR ')})${tail}`.length > longestQuery) {
      queries.push(`(${words.join(' OR ')})${tail}`);
      words = [];
    }
    words.push(word);
  }
  return words.length > 0 ? [...queries, `(${words.join(' OR ')})${tail}`] : queries;
}

/** A keyword is words, never operators: whatever could be read as one is quoted or left out. */
function quoted(keyword: string): string {
  const plain = keyword.replaceAll('"', ' ').replace(/\s+/g, ' ').trim().slice(0, 200);
  return /^[\p{L}\p{N}]+$/u.test(plain) && plain !== 'OR' && plain !== 'AND' ? plain : plain && `"${plain}"`;
}
