import { useWords } from '../shared/language.tsx';
import type { ChartRow } from './chart-card.tsx';
import { InboxLink } from './inbox-link.tsx';
import { trendsWords } from './words.ts';

const shown = 12;

/** Longest first; the bar repeats what the number says. @param rows values: in, answered, late, before, secret */
export function RankedBars({ rows }: { readonly rows: readonly ChartRow[] }) {
  const say = useWords(trendsWords);
  const lengths = rows.map(({ values: [count, , , , secret] }) => (count ?? 0) + (secret ?? 0));
  const most = Math.max(1, ...lengths);
  const part = (count: number | null | undefined) => ({ width: `${(100 * (count ?? 0)) / most}%` });
  return (
    <ol className="bars">
      {rows.slice(0, shown).map(({ key, name, to, values: [count, , late, before, secret] }) => (
        <li key={key}>
          <InboxLink to={to} className="name" title={say.change(count ?? 0, before ?? 0)}>
            {name}
          </InboxLink>
          <span className="bar" aria-hidden="true">
            <i style={part(count)} />
            <i className="secret" style={part(secret)} />
          </span>
          <span className="number">
            {say.number(count ?? 0)}
            {secret ? <small> +{say.secret(secret)}</small> : null}
            {late ? <small> · {say.lateOnes(late)}</small> : null}
          </span>
        </li>
      ))}
      {rows.length > shown && <li className="more">{say.more(rows.length - shown)}</li>}
    </ol>
  );
}
