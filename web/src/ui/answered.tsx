import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.tsx';

interface AnsweredProps<Answer> {
  /** Of `useQuery` or `useInfiniteQuery`. */
  readonly query: {
    readonly data: Answer | undefined;
    readonly isError: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (answer: Answer) => ReactNode;
}

/** A question to the server in its three states: asked, refused, answered. An old answer stays while a new one is fetched. */
export const Answered = <Answer,>({ query, children }: AnsweredProps<Answer>) => {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack aria-busy aria-label={t('common.loading')} role="status">
      <Skeleton h={28} />
      <Skeleton h={28} w="80%" />
      <Skeleton h={28} w="60%" />
    </Stack>
  );
};
