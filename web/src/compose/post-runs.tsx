import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsListOptions, targetsCancelMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto, TargetResponse } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { confirm } from '../ui/confirm.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { PostRecurrence } from './post-recurrence.tsx';

const MANY = 100;
const SHOWN_RUNS = 20;
const CANCELLABLE = ['scheduled', 'held', 'draft'];

/** Where and when it went, goes, and what became of it; the latest first. */
export const PostRuns = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const times = useTimes();
  const accounts = useQuery(accountsListOptions({ query: { limit: MANY } })).data?.items ?? [];
  const nameOf = (id: string): string => accounts.find((account) => account.id === id)?.displayName ?? '';
  const latest = post.targets.slice(-SHOWN_RUNS).reverse();
  const columns: readonly Column<TargetResponse>[] = [
    {
      name: 'account',
      title: t('compose.accounts'),
      cell: ({ platform, accountId }) => <PlatformBadge platform={platform} account={nameOf(accountId)} />,
    },
    { name: 'state', title: t('common.status'), cell: (target) => <RunState target={target} /> },
    { name: 'when', title: t('compose.when'), cell: ({ scheduledAt }) => times.moment(scheduledAt) },
    {
      name: 'act',
      title: '',
      cell: (target) => <RunActions target={target} account={nameOf(target.accountId)} />,
      align: 'end',
    },
  ];
  return (
    <Panel title={t('compose.runs')} count={post.targets.length}>
      {post.kind === 'evergreen' && <PostRecurrence postId={post.id} />}
      {latest.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('compose.noRuns')}
        </Text>
      ) : (
        <DataTable label={t('compose.runs')} columns={columns} rows={latest} keyOf={({ id }) => id} />
      )}
    </Panel>
  );
};

const RunState = ({ target }: { readonly target: TargetResponse }) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { status, holdUntil, error, notices = [] } = target;
  const until = status === 'held' && holdUntil ? t('compose.heldUntil', { when: times.moment(holdUntil) }) : undefined;
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge state={status} size="sm" />
      {[until, error?.detail, ...notices].map((sentence) =>
        sentence === undefined ? undefined : (
          <Text key={sentence} size="xs">
            {sentence}
          </Text>
        ),
      )}
    </Stack>
  );
};

const RunActions = ({ target, account }: { readonly target: TargetResponse; readonly account: string }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const cancel = useMutation({
    ...targetsCancelMutation(),
    onSuccess: () => {
      tellDone(t('compose.cancelled'));
      return refreshTags(['Posts', 'Targets', 'Calendar', 'Now']);
    },
    onError: tellProblem,
  });
  const ask = async (): Promise<void> => {
    const text = t('compose.cancelRunWhy', { account });
    if (await confirm({ title: t('compose.cancelRun'), text, yes: t('compose.cancelRun') }))
      cancel.mutate({ path: { id: target.id } });
  };
  if (target.permalink)
    return (
      <Anchor href={target.permalink} target="_blank" rel="noreferrer noopener" size="sm">
        {t('compose.openLive')}
      </Anchor>
    );
  if (!CANCELLABLE.includes(target.status) || !may('posts:write')) return undefined;
  return (
    <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => void ask()}>
      {t('compose.cancelRun')}
    </Button>
  );
};
