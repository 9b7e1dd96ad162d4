/** Longest texts that are compared word by word; replies are far below. */
const longest = 400;

type Piece = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Lengths of the longest common run of words from each pair of places on. */
function commonLengths(from: readonly string[], to: readonly string[]): number[][] {
  const table = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i], table[i + 1]];
      if (!row || !below) continue;
      row[j] = from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

/** What changed between two texts, word by word. */
function differences(before: string, after: string): readonly Piece[] {
  const [from, to] = [before.split(/(?<=\s)/).slice(0, longest), after.split(/(?<=\s)/).slice(0, longest)];
  const common = commonLengths(from, to);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [gone, come] = [from[i], to[j]];
    if (gone !== undefined && gone === come) {
      pieces.push({ kind: 'same', text: gone });
      i += 1;
      j += 1;
    } else if (come !== undefined && (common[i]?.[j + 1] ?? 0) >= (common[i + 1]?.[j] ?? -1)) {
      pieces.push({ kind: 'added', text: come });
      j += 1;
    } else if (gone !== undefined) {
      pieces.push({ kind: 'removed', text: gone });
      i += 1;
    }
  }
  return pieces;
}

/** Added words are underlined, removed ones struck through: colour is not the only sign. */
export function Diff({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <p className="citizen diff">
      {differences(before, after).map((piece, at) => {
        const key = `${at}-${piece.kind}`;
        if (piece.kind === 'added') return <ins key={key}>{piece.text}</ins>;
        if (piece.kind === 'removed') return <del key={key}>{piece.text}</del>;
        return <span key={key}>{piece.text}</span>;
      })}
    </p>
  );
}
