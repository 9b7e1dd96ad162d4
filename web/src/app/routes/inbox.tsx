import { Button, Text } from '@mantine/core';
import { ActBar, BulkBar } from '../../inbox/act-bar.tsx';
import { CaseView, MessageDetail } from '../../inbox/detail.tsx';
import { ActDialog } from '../../inbox/dialogs/act-dialog.tsx';
import { FilterBar } from '../../inbox/filter-bar.tsx';
import { ListTools } from '../../inbox/list-tools.tsx';
import { SinceLastSeen } from '../../inbox/since.tsx';
import { ThreadList } from '../../inbox/thread-list.tsx';
import { type Inbox, useInbox } from '../../inbox/use-inbox.ts';
import { ViewList } from '../../inbox/view-list.tsx';
import { inboxWords } from '../../inbox/words.ts';
import { useWords } from '../../shared/language.tsx';
import { Failed, Loading } from '../../shared/states.tsx';

function ListPane({ inbox }: { readonly inbox: Inbox }) {
  const say = useWords(inboxWords);
  const { list, search, chosen, start } = inbox;
  return (
    <div className="list-pane">
      <SinceLastSeen />
      <ListTools view={inbox.view} numbers={inbox.numbers} />
      <FilterBar search={search} onChange={inbox.narrow} />
      {list.fresh > 0 && (
        <Button size="compact-sm" m="xs" onClick={() => void list.reload()}>
          {say.waiting(list.fresh)}
        </Button>
      )}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data && (
        <ThreadList
          threads={list.threads}
          openId={search.buka}
          chosen={chosen}
          held={inbox.acts.held}
          hasMore={list.hasNextPage}
          searchedTo={list.searchedTo}
          loading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          onOpen={inbox.open}
          onChoose={inbox.toggle}
        />
      )}
      {chosen.size > 0 && start && <BulkBar count={chosen.size} onAct={start} onClear={inbox.clear} />}
    </div>
  );
}

function DetailPane({ inbox }: { readonly inbox: Inbox }) {
  const say = useWords(inboxWords);
  const { search, number, chosen, start, draft } = inbox;
  return (
    <div className="detail-pane">
      <Button
        className="only-narrow"
        size="compact-sm"
        variant="default"
        onClick={() => inbox.open(undefined)}
      >
        {say.back}
      </Button>
      {search.buka === undefined && <Text c="dimmed">{say.pick}</Text>}
      {search.buka !== undefined && start && chosen.size === 0 && (
        <ActBar onMessage={number === null} onAct={start} />
      )}
      {number && (
        <CaseView
          key={number}
          number={number}
          onDraft={() => draft.start(number)}
          onSimilar={inbox.chooseSimilar}
        />
      )}
      {search.buka !== undefined && !number && <MessageDetail key={search.buka} id={search.buka} />}
    </div>
  );
}

/** Kotak Masuk: views, list, the matter itself; on a phone one after the other. */
export function InboxPage() {
  const inbox = useInbox();
  const { asked, give, cancel } = inbox.acts;
  return (
    <div className="inbox" data-open={inbox.search.buka !== undefined || undefined}>
      <ViewList search={inbox.search} view={inbox.view} />
      <ListPane inbox={inbox} />
      <DetailPane inbox={inbox} />
      {asked && <ActDialog {...asked} onGiven={give} onClose={cancel} />}
    </div>
  );
}
