import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queueActionsPause, queueActionsResume, queuesRemove } from '../api/generated/sdk.gen.ts';
import type { QueueDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { confirm } from '../ui/confirm.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';

/** Tags of the API that a change of a queue touches. */
export const QUEUE_TAGS = ['Queues', 'Calendar', 'Posts', 'Targets', 'Now'];

/** Pauses, resumes and deletes a queue. */
export const useQueueDeeds = ({ id, name }: Pick<QueueDto, 'id' | 'name'>) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = { id };
  const pause = useMutation({
    mutationFn: (paused: boolean): Promise<unknown> =>
      paused ? queueActionsPause({ path, body: {} }) : queueActionsResume({ path }),
    onSuccess: async (_, paused) => {
      await refreshTags(QUEUE_TAGS);
      tellDone(t(paused ? 'queues.paused' : 'queues.resumed', { name }));
    },
    onError: tellProblem,
  });
  const remove = useMutation({
    mutationFn: () => queuesRemove({ path }),
    onSuccess: async () => {
      await navigate('/queues');
      await refreshTags(QUEUE_TAGS);
      tellDone(t('queues.deleted', { name }));
    },
    onError: tellProblem,
  });
  const askRemove = async (): Promise<void> => {
    const question = { title: t('queues.delete', { name }), text: t('queues.deleteText'), yes: t('common.delete') };
    if (await confirm(question)) remove.mutate();
  };
  return {
    isBusy: pause.isPending || remove.isPending,
    setPaused: (paused: boolean) => pause.mutate(paused),
    remove: () => void askRemove(),
  };
};
