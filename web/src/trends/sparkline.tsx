/** A line of one number a day; its name and numbers stand beside it, so it is silent for screen readers. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (known.length < 2) return <span className="spark" />;
  const most = Math.max(1, ...known.map((one) => one.value));
  const points = known.map(({ at, value }) => `${at},${100 - (96 * value) / most}`).join(' ');
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${values.length - 1} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
