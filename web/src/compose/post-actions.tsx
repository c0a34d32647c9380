import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import {
  postActionsPauseMutation,
  postActionsResumeMutation,
  postActionsRetryMutation,
  postChangesRemoveMutation,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { confirm } from '../ui/confirm.ts';
import { postPath } from '../ui/post-path.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { isBareDraft, restoreDraft } from './restore-draft.ts';

const AGAIN = ['failed', 'missed'];

/** What is done to a post as a whole. */
export const PostActions = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const settled = {
    onSuccess: () => refreshTags(['Posts', 'Targets', 'Calendar', 'Now']),
    onError: tellProblem,
  };
  const pause = useMutation({ ...postActionsPauseMutation(), ...settled });
  const resume = useMutation({ ...postActionsResumeMutation(), ...settled });
  const retry = useMutation({ ...postActionsRetryMutation(), ...settled });
  const restore = useMutation({
    mutationFn: restoreDraft,
    onSuccess: async ({ id }) => {
      await refreshTags(['Posts', 'Tags']);
      await navigate(postPath(id));
    },
    onError: tellProblem,
  });
  // What never ran can be written again as it was: no question, but a way back.
  const isBare = isBareDraft(post);
  const remove = useMutation({
    ...postChangesRemoveMutation(),
    ...settled,
    onSuccess: async () => {
      await navigate('/library');
      await refreshTags(['Posts', 'Calendar']);
      if (isBare) tellUndo(t('compose.draftDeleted'), t('common.undo'), () => restore.mutate(post));
      else tellDone(t('compose.removed'));
    },
  });
  if (!may('posts:write')) return undefined;
  const path = { id: post.id };
  const ask = async (): Promise<void> => {
    if (
      isBare ||
      (await confirm({
        title: t('compose.remove'),
        text: t('compose.removeWhy'),
        yes: t('common.delete'),
        isGrave: true,
      }))
    )
      remove.mutate({ path });
  };
  return (
    <>
      {post.kind === 'evergreen' && (
        <Button component={Link} to={`/library/posts/${post.id}`} size="xs" variant="default">
          {t('compose.evergreenSettings')}
        </Button>
      )}
      {post.targets.some(({ status }) => AGAIN.includes(status)) && (
        <Button size="xs" variant="light" loading={retry.isPending} onClick={() => retry.mutate({ path })}>
          {t('compose.retry')}
        </Button>
      )}
      {post.pausedAt ? (
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate({ path })}>
          {t('compose.resume')}
        </Button>
      ) : (
        <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate({ path, body: {} })}>
          {t('compose.pause')}
        </Button>
      )}
      <Button size="xs" variant="default" loading={remove.isPending} onClick={() => void ask()}>
        {t('common.delete')}
      </Button>
    </>
  );
};
