import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { useDeed } from '../api/use-deed.ts';
import { tellDone } from '../ui/tell.ts';
import { TooLate } from './move-run.ts';

/** Tags of the API that a change of a run touches. */
export const TOUCHED = ['Calendar', 'Targets', 'Posts', 'Recurring posts', 'Queues', 'Now'];

/** Changes runs, and tells what became of it; of one that is too late, that it stays as it is. */
export const useRunChange = () => {
  const { t } = useTranslation();
  const detail = t('calendar.tooLate');
  const change = async (deed: () => Promise<unknown>): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      throw error instanceof TooLate ? new Problem({ status: 409, code: 'target.too_late', detail }) : error;
    }
  };
  const { isPending, mutateAsync } = useDeed({ mutationFn: change }, { tags: TOUCHED });
  /** @returns whether it was done */
  const run = async (deed: () => Promise<unknown>, said?: string): Promise<boolean> => {
    try {
      await mutateAsync(deed);
    } catch {
      return false;
    }
    if (said !== undefined) tellDone(said);
    return true;
  };
  return { isBusy: isPending, run };
};
