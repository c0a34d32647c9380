import type { CreatePostDto, PostDto } from '../api/generated/types.gen.ts';
import { ruleText } from './simple-rule.ts';
import type { Draft } from './draft.ts';

type Content = Pick<CreatePostDto, 'caption' | 'title' | 'tags' | 'options' | 'variants' | 'hashtagSetIds'>;

const contentOf = ({ caption, title, tags, options, variants, hashtagSetIds }: Draft): Content => ({
  caption,
  ...(title.trim() === '' ? {} : { title }),
  tags: [...tags],
  options,
  variants,
  ...(hashtagSetIds.length === 0 ? {} : { hashtagSetIds: [...hashtagSetIds] }),
});

/** When and where, for a run; undefined: nothing is scheduled by the creating call. */
export const runOf = ({ mode, at, accountIds }: Draft, timezone: string) => {
  const targets = accountIds.map((accountId) => ({ accountId }));
  if (mode === 'now') return { publishNow: true, targets };
  return mode === 'at' ? { ...(at === '' ? {} : { scheduledAt: at }), timezone, targets } : undefined;
};

/** What POST /v1/posts gets; undefined while there is no video. */
export const createBody = (draft: Draft, timezone: string): CreatePostDto | undefined =>
  draft.mediaId === undefined
    ? undefined
    : {
        ...contentOf(draft),
        kind: draft.mode === 'evergreen' || draft.mode === 'recurring' ? 'evergreen' : 'one_shot',
        mediaIds: [draft.mediaId],
        ...runOf(draft, timezone),
      };

/** The same to be judged: also a post without a time is shown to the accounts that were chosen. */
export const checkBody = (draft: Draft, timezone: string): CreatePostDto | undefined => {
  const body = createBody(draft, timezone);
  if (!body || draft.accountIds.length === 0) return body && { ...body, targets: undefined, publishNow: undefined };
  const hasTime = draft.mode === 'now' || (draft.mode === 'at' && draft.at !== '');
  if (hasTime) return body;
  return { ...body, publishNow: true, targets: draft.accountIds.map((accountId) => ({ accountId })) };
};

/** What PUT /v1/posts/{id}/recurrence gets. */
export const recurrenceBody = ({ rule, at, accountIds }: Draft, timezone: string) => ({
  rule: ruleText(rule),
  start: at,
  timezone,
  targets: accountIds.map((accountId) => ({ accountId })),
});

/** What PATCH gets: as stored before, what is empty now is cleared. */
export const changeBody = (draft: Draft, stored: PostDto) => {
  const gone = Object.keys(stored.variants).filter((platform) => !(platform in draft.variants));
  return {
    ...contentOf(draft),
    title: draft.title.trim() === '' ? null : draft.title,
    variants: { ...draft.variants, ...Object.fromEntries(gone.map((platform) => [platform, null])) },
  };
};
