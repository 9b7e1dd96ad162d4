import { type ReactNode, useEffect, useRef } from 'react';

/** A row (on narrow screens) or column of links; the one that is open is brought into sight. */
export function ViewsNav(props: {
  readonly label: string;
  /** What is open. */
  readonly at: string;
  readonly children: ReactNode;
}) {
  const nav = useRef<HTMLElement>(null);
  const { at } = props;
  useEffect(() => {
    const open = at && nav.current?.querySelector('[aria-current]');
    if (open) open.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [at]);
  return (
    <nav className="views" aria-label={props.label} ref={nav}>
      {props.children}
    </nav>
  );
}
