import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { calendarReadInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { filterGroups } from './filters.ts';
import { type CalendarGroup, groupEntries } from './groups.ts';
import { type CalendarPlace, spanOf } from './place.ts';
import { useAccounts } from './use-accounts.ts';

const ENTRIES_A_PAGE = 500;

interface CalendarAnswer {
  readonly groups: readonly CalendarGroup[];
  /** More is on its way. */
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** What lies in the weeks that are shown: every page of it, drawn as it comes. */
export const useCalendar = (place: CalendarPlace): CalendarAnswer => {
  const accounts = useAccounts();
  const { from, to } = spanOf(place);
  const query = {
    from,
    to,
    limit: ENTRIES_A_PAGE,
    ...(place.account.length > 0 ? { accountId: [...place.account] } : {}),
  };
  const answer = useInfiniteQuery({
    ...calendarReadInfiniteOptions({ query }),
    initialPageParam: { query: { to } },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = answer;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const all = useMemo(() => {
    const entries = data?.pages.flatMap(({ items }) => items) ?? [];
    return groupEntries(entries, (id) => accounts.get(id)?.platform);
  }, [data, accounts]);
  const groups = useMemo(() => filterGroups(all, place), [all, place]);
  return { groups, isLoading: isFetching || hasNextPage, error: answer.error, retry: () => void answer.refetch() };
};
