/** Length in Unicode code points. How Meta counts is not documented [U]; this is never less than what people see. */
export function measureCodePoints(
  text: string,
  limit: number,
): { readonly used: number; readonly limit: number } {
  let used = 0;
  for (const _ of text) used += 1;
  return { used, limit };
}
