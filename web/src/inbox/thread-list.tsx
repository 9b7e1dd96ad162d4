import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Thread } from '../shared/api.ts';
import { now } from '../shared/clock.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { Empty } from '../shared/states.tsx';
import { dayAndTime } from '../shared/when.ts';
import { ThreadRow } from './thread-row.tsx';
import { inboxWords } from './words.ts';

interface Props {
  readonly threads: readonly Thread[];
  readonly openId: string | undefined;
  readonly chosen: { has(id: string): boolean };
  /** Label of the act that waits, by thread. */
  readonly held: ReadonlyMap<string, string>;
  readonly hasMore: boolean;
  /** A search that is not at its end: how far back it looked. */
  readonly searchedTo: string | null;
  readonly loading: boolean;
  readonly onMore: () => void;
  readonly onOpen: (id: string) => void;
  readonly onChoose: (thread: Thread) => void;
}

/** Height of a row before it is measured, in pixels. */
const usualRow = 96;

/** Only the rows in sight are in the page, however long the list is. */
export function ThreadList({ threads, openId, chosen, held, onOpen, onChoose, ...more }: Props) {
  const say = useWords(inboxWords);
  const box = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: threads.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualRow,
    getItemKey: (index) => threads[index]?.id ?? index,
    overscan: 6,
  });
  const at = threads.findIndex((thread) => thread.id === openId);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' });
  }, [at, rows]);
  if (threads.length === 0) {
    return more.hasMore ? <More {...more} /> : <Empty title={say.nothing}>{say.nothingHint}</Empty>;
  }
  const time = now();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
    <section className="threads" ref={box} aria-label={say.list} tabIndex={0}>
      <div className="inside" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const thread = threads[index];
          return (
            thread && (
              <div
                key={key}
                data-index={index}
                ref={rows.measureElement}
                className="row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <ThreadRow
                  thread={thread}
                  now={time}
                  open={thread.id === openId}
                  chosen={chosen.has(thread.id)}
                  held={held.get(thread.id)}
                  onOpen={() => onOpen(thread.id)}
                  onChoose={() => onChoose(thread)}
                />
              </div>
            )
          );
        })}
      </div>
      {more.hasMore && <More {...more} />}
    </section>
  );
}

function More({ searchedTo, loading, onMore }: Pick<Props, 'searchedTo' | 'loading' | 'onMore'>) {
  const say = useWords(inboxWords);
  const { language } = useLanguage();
  const searched = searchedTo && dayAndTime(searchedTo, language);
  const asked = searched ? say.searchOn(searched) : say.more;
  return (
    <Button
      fullWidth
      variant="subtle"
      color="gray"
      h="auto"
      mih={36}
      py={6}
      styles={{ label: { whiteSpace: 'normal' } }}
      onClick={onMore}
    >
      {searched && loading ? say.searching(searched) : asked}
    </Button>
  );
}
