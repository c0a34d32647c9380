import type { InfiniteData } from '@tanstack/react-query';

interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

/** How every list of the API is paged: `useInfiniteQuery({ ...somethingListInfiniteOptions(), ...BY_CURSOR })`. */
export const BY_CURSOR = {
  // `never` fits whatever a list calls its first page: the generated type wants its path again, and needs none of it.
  initialPageParam: {} as never,
  getNextPageParam: ({ nextCursor }: { readonly nextCursor?: string }) => nextCursor,
};

/** What was fetched so far, in the order of the list. */
export const itemsOf = <Item>(data: InfiniteData<CursorPage<Item>, unknown> | undefined): readonly Item[] =>
  data?.pages.flatMap(({ items }) => items) ?? [];
