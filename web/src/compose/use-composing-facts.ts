import { useQuery } from '@tanstack/react-query';
import { type Dispatch, useMemo } from 'react';
import {
  accountsListOptions,
  mediaGetOptions,
  platformsListOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto, PostDto } from '../api/generated/types.gen.ts';
import { useSession } from '../access/session.ts';
import type { Composing } from './draft-context.ts';
import type { Draft, DraftAction } from './draft.ts';
import { useCheck } from './use-check.ts';

const MANY = 100;
const NOBODY: readonly AccountDto[] = [];

interface Wish {
  readonly draft: Draft;
  readonly dispatch: Dispatch<DraftAction>;
  readonly stored: PostDto | undefined;
}

/** The draft with everything that its parts need to know. */
export const useComposingFacts = ({ draft, dispatch, stored }: Wish): Composing => {
  const { timezone } = useSession();
  const accounts = useQuery(accountsListOptions({ query: { limit: MANY } })).data?.items ?? NOBODY;
  const platforms = useQuery(platformsListOptions()).data?.items;
  const media = useQuery({
    ...mediaGetOptions({ path: { id: draft.mediaId ?? '' } }),
    enabled: draft.mediaId !== undefined,
  }).data;
  const check = useCheck(draft, timezone);
  return useMemo(() => {
    const platformAt = draft.accountIds.map((id) => accounts.find((account) => account.id === id)?.platform);
    return {
      draft,
      dispatch,
      ...(stored ? { stored } : {}),
      accounts: accounts.filter(({ id, status }) => status !== 'disconnected' || draft.accountIds.includes(id)),
      platforms: platforms ?? [],
      ...(media && draft.mediaId !== undefined ? { media } : {}),
      chosen: [...new Set(platformAt.filter((platform) => platform !== undefined))],
      placesOf: (platform) => platformAt.flatMap((found, index) => (found === platform ? [index] : [])),
      check,
    };
  }, [draft, dispatch, stored, accounts, platforms, media, check]);
};
