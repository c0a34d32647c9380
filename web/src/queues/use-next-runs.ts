import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queueActionsPreview } from '../api/generated/sdk.gen.ts';
import type { UpdateQueueDto } from '../api/generated/types.gen.ts';
import { inTime, type Place } from './places.ts';

const WEEK_MS = 7 * 86_400_000;
const AS_LIVE_AS = [{ tags: ['Queues', 'Calendar', 'Posts'] }] as const;

/**
 * What a queue would publish, and where it would stay empty, in order of time.
 * @param change as it would be with these changes; nothing is stored
 */
export const useNextRuns = (id: string, { weeks = 1, change }: { weeks?: number; change?: UpdateQueueDto } = {}) =>
  useQuery({
    queryKey: [AS_LIVE_AS[0], 'queue preview', id, weeks, change],
    queryFn: async (): Promise<{ readonly places: readonly Place[] }> => {
      const to = new Date(Date.now() + weeks * WEEK_MS).toISOString();
      const body = { to, ...(change ? { change } : {}) };
      const { data } = await queueActionsPreview({ path: { id }, body });
      return { places: inTime(data) };
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
