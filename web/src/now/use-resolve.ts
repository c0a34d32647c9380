import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resolveTargetsResolveMutation, targetsCancelMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';

const TOUCHED = ['Now', 'Targets', 'Posts', 'Calendar', 'Incidents'];

/** The answers to "is it live?". `isLive` rejects with the server's reason, for the field; the others tell it. */
export const useResolve = (id: string) => {
  const { t } = useTranslation();
  const settled = (words: string) => (): void => {
    tellDone(words);
    void refreshTags(TOUCHED);
  };
  const resolve = useMutation(resolveTargetsResolveMutation());
  const cancel = useMutation(targetsCancelMutation());
  const path = { id };
  return {
    isBusy: resolve.isPending || cancel.isPending,
    isLive: (found: string) =>
      resolve.mutateAsync({ path, body: { found } }, { onSuccess: settled(t('now.decision.liveDone')) }),
    isAbsent: () =>
      resolve.mutate(
        { path, body: { absent: true } },
        { onSuccess: settled(t('now.decision.absentDone')), onError: tellProblem },
      ),
    giveUp: () => cancel.mutate({ path }, { onSuccess: settled(t('now.decision.gaveUp')), onError: tellProblem }),
  };
};
