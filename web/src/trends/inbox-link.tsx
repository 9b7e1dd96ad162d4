import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InboxSearch } from '../inbox/search.ts';

/** To the inbox where it may be seen, else only the words. */
export function InboxLink({
  to,
  title,
  className,
  style,
  skipped,
  children,
}: {
  readonly to: InboxSearch | null;
  readonly title?: string | undefined;
  readonly className?: string;
  readonly style?: React.CSSProperties;
  /** The Tab key passes it by. */
  readonly skipped?: boolean;
  readonly children: ReactNode;
}) {
  const dress = {
    title,
    ...(className && { className }),
    ...(style && { style }),
    ...(skipped && { tabIndex: -1 }),
  };
  return to === null ? (
    <span {...dress}>{children}</span>
  ) : (
    <Link to="/kotak-masuk" search={to} {...dress}>
      {children}
    </Link>
  );
}
