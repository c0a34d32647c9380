import { Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { itemsOf } from '../api/by-cursor.ts';
import { Answered } from './answered.tsx';
import { LoadMore } from './load-more.tsx';

interface ListedProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Item[] }, unknown>, unknown>;
  /** Shown in place of an empty list: what it is for, and the next step. */
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list of the API: asked, refused, empty, or what was fetched so far with a way to more. */
export const Listed = <Item,>({ query, empty, children }: ListedProps<Item>) => (
  <Answered query={query}>
    {(data) => {
      const items = itemsOf(data);
      if (items.length === 0) return empty;
      return (
        <Stack>
          {children(items)}
          <LoadMore query={query} />
        </Stack>
      );
    }}
  </Answered>
);
