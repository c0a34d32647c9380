import { QueryClient } from '@tanstack/react-query';
import { toProblem } from './problem.ts';

const FRESH_FOR_MS = 15_000;
const TRIES = 2;

/** Refusals are final; only what got no answer, or a 5xx, is asked again. */
const mayAskAgain = (tries: number, error: unknown): boolean => {
  const { status } = toProblem(error);
  return tries < TRIES && (status === 0 || status >= 500);
};

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: mayAskAgain }, mutations: { retry: false } },
});

/** The tags under which the API groups its routes; see `openapi.json`. */
export const refreshTags = (tags: readonly string[], queries: QueryClient = queryClient): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [key] }) =>
      typeof key === 'object' &&
      key !== null &&
      'tags' in key &&
      Array.isArray(key.tags) &&
      key.tags.some((tag) => tags.includes(String(tag))),
  });
