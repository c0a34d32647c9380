import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  postApprovalsApproveMutation,
  postApprovalsRejectMutation,
  postApprovalsWithdrawMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { tellDone } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useFields } from '../ui/use-fields.ts';

const OVER = ['published', 'failed', 'missed', 'cancelled'];

/** Runs that a person must approve, with the two buttons for who may. */
export const PostApprovals = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { may } = useSession();
  const targets = post.targets.filter(({ approval, status }) => approval && !OVER.includes(status));
  if (targets.length === 0) return undefined;
  return (
    <Panel title={t('compose.approvals')}>
      <Stack gap={4}>
        {targets.map(({ id, platform, approval, scheduledAt }) => (
          <Group key={id} gap="sm">
            <PlatformBadge platform={platform} />
            <Text size="sm" fw={500}>
              {t(`compose.approvalState.${approval ?? 'waiting'}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {times.moment(scheduledAt)}
            </Text>
          </Group>
        ))}
      </Stack>
      {may('posts:approve') && <Verdict post={post} />}
    </Panel>
  );
};

const Verdict = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const path = { id: post.id };
  const told = (message: string) => ({
    onSuccess: () => {
      tellDone(message);
      return refreshTags(['Posts', 'Approvals', 'Targets', 'Now']);
    },
  });
  const approve = useMutation({ ...postApprovalsApproveMutation(), ...told(t('compose.approvedDone')) });
  const reject = useMutation({ ...postApprovalsRejectMutation(), ...told(t('compose.rejectedDone')) });
  const withdraw = useMutation({ ...postApprovalsWithdrawMutation(), ...told(t('compose.withdrawnDone')) });
  const error = approve.error ?? reject.error ?? withdraw.error;
  const form = useFields({ comment: '' }, error);
  const { comment } = form.values;
  const body = comment.trim() === '' ? {} : { comment };
  const mayWithdraw = post.targets.some(({ approval }) => approval === 'given');
  return (
    <Stack gap="xs">
      <Textarea
        label={t('compose.comment')}
        description={t('compose.commentHint')}
        autosize
        minRows={2}
        {...form.text('comment')}
      />
      {error && form.fault('comment') === undefined && <ProblemNote error={error} />}
      <Group gap="xs">
        <Button loading={approve.isPending} onClick={() => approve.mutate({ path, body })}>
          {t('compose.approve')}
        </Button>
        <Button variant="default" loading={reject.isPending} onClick={() => reject.mutate({ path, body: { comment } })}>
          {t('compose.reject')}
        </Button>
        {mayWithdraw && (
          <Button variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate({ path, body })}>
            {t('compose.withdraw')}
          </Button>
        )}
      </Group>
    </Stack>
  );
};
