import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { accountsListOptions, queuesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, QueueDto } from '../api/generated/types.gen.ts';

const MOST = 100;

/** The accounts of the workspace by id; empty until they are known. */
export const useAccounts = (): ReadonlyMap<string, AccountDto> => {
  const { data } = useQuery(accountsListOptions({ query: { limit: MOST } }));
  return useMemo(() => new Map(data?.items.map((account) => [account.id, account])), [data]);
};

/** The queues of the workspace by id; empty until they are known. */
export const useQueues = (): ReadonlyMap<string, QueueDto> => {
  const { data } = useQuery(queuesListOptions({ query: { limit: MOST } }));
  return useMemo(() => new Map(data?.items.map((queue) => [queue.id, queue])), [data]);
};
