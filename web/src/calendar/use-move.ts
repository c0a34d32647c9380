import { useTranslation } from 'react-i18next';
import { tellUndo } from '../ui/tell-undo.tsx';
import type { CalendarGroup } from './groups.ts';
import { moveRun } from './move-run.ts';
import { useMoment } from './use-moment.ts';
import { useRunChange } from './use-run-change.ts';
import { useTellStays } from './use-tell-stays.ts';

/**
 * Moves a line of the calendar, says what of it stays, and offers to take it back.
 * @returns where it is now; undefined when it did not move, and why not has been told
 */
export const useMove = (zone: string): ((group: CalendarGroup, to: string) => Promise<string | undefined>) => {
  const { t } = useTranslation();
  const { moment } = useMoment(zone);
  const { run } = useRunChange();
  const tellStays = useTellStays();
  return async (group, to) => {
    let at: string | undefined;
    await run(async () => {
      const moved = await moveRun(group, to);
      const undo = () => void run(async () => tellStays(group, (await moved.undo()).stays), t('calendar.movedBack'));
      tellUndo(t('calendar.moved', { at: moment(moved.at) }), t('common.undo'), undo);
      tellStays(group, moved.stays);
      at = moved.at;
    });
    return at;
  };
};
