import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { postsGet, postsList, queueActionsPreview } from '../api/generated/sdk.gen.ts';
import type { PreviewDto, UpdateQueueDto } from '../api/generated/types.gen.ts';
import { inTime, type Place } from './places.ts';

const WEEK_MS = 7 * 86_400_000;
const AS_LIVE_AS = [{ tags: ['Queues', 'Calendar', 'Posts'] }] as const;

/** Most posts of a page of the library. */
const MOST = 100;

/** Of the library's newest evergreen posts at once, of others one by one. */
const captionsOf = async ({ planned }: PreviewDto): Promise<ReadonlyMap<string, string>> => {
  if (planned.length === 0) return new Map();
  const { data } = await postsList({ query: { kind: 'evergreen', limit: MOST } });
  const known = new Set(data.items.map(({ id }) => id));
  const others = [...new Set(planned.map(({ postId }) => postId))].filter((id) => !known.has(id));
  const answers = await Promise.all(others.map((id) => postsGet({ path: { id } })));
  const posts = [...data.items, ...answers.map((answer) => answer.data)];
  return new Map(posts.map(({ id, title, caption }) => [id, title ?? caption]));
};

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
      return { places: inTime(data, await captionsOf(data)) };
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
