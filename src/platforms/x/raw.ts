/** What is kept of a platform's answer: at most this many characters of JSON. */
const longest = 64 * 1024;

/** A copy that is safe to store: no `__proto__` keys, bounded in size; what is too large or too deep is cut to text. */
export function keptRaw(raw: unknown): unknown {
  try {
    const json = JSON.stringify(raw) ?? 'null';
    if (json.length > longest || depth(raw) > 40) return { cut: json.slice(0, 2_000) };
    return JSON.parse(json, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    // Too deep for JSON.stringify.
    return { cut: 'unreadable' };
  }
}

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
