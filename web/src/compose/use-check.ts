import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { postsValidate } from '../api/generated/sdk.gen.ts';
import { toProblem } from '../api/problem.ts';
import type { Composing } from './draft-context.ts';
import type { Draft } from './draft.ts';
import { checkBody } from './draft-bodies.ts';
import { findingsOf, findingsOfProblem } from './findings.ts';

const ASK_AFTER_MS = 350;

/** Has the server judge the draft a moment after the last key; what it said last stands meanwhile. */
export const useCheck = (draft: Draft, timezone: string): Composing['check'] => {
  const body = useMemo(() => checkBody(draft, timezone), [draft, timezone]);
  const text = body ? JSON.stringify(body) : '';
  const [asked] = useDebouncedValue(text, ASK_AFTER_MS);
  const { data, error, isFetching } = useQuery({
    // The tags make it stale when accounts, routes or platforms change.
    queryKey: [{ _id: 'composeCheck', tags: ['Accounts', 'Routes', 'Platforms', 'Media'] }, asked],
    queryFn: async ({ signal }) => {
      const answer = await postsValidate({
        body: JSON.parse(asked) as NonNullable<typeof body>,
        signal,
      });
      return answer.data;
    },
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    if (text === '') return { findings: [], waysOut: [], state: 'waits' };
    const findings = error ? findingsOfProblem(toProblem(error)) : data ? findingsOf(data) : [];
    const isBusy = isFetching || text !== asked;
    return { findings, waysOut: error ? [] : (data?.waysOut ?? []), state: isBusy ? 'busy' : 'done' };
  }, [text, asked, data, error, isFetching]);
};
