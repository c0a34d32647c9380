import { useTranslation } from 'react-i18next';
import { postActionsPause, postActionsResume } from '../../api/generated/sdk.gen.ts';
import { confirm } from '../../ui/confirm.ts';
import { tellUndo } from '../../ui/tell-undo.tsx';
import type { CalendarGroup } from '../groups.ts';
import { cancelRun, runOnceMore, setLocked, skipOccurrence } from '../run-deeds.ts';
import { useRunChange } from '../use-run-change.ts';
import { useTellStays } from '../use-tell-stays.ts';
import { nextMinute } from '../../ui/wall-time.ts';
import type { RunPanelProps } from './run-panel.tsx';

type Doors = Pick<RunPanelProps, 'onClose' | 'onMove'>;

/** What the buttons of a run do. Where the run is gone afterwards, its panel closes. */
export const useRunDeeds = (group: CalendarGroup, { onClose, onMove }: Doors) => {
  const { t } = useTranslation();
  const { isBusy, run } = useRunChange();
  const tellStays = useTellStays();
  const path = { id: group.entries[0].postId ?? '' };
  const closeAfter = async (deed: Promise<boolean>): Promise<void> => {
    if (await deed) onClose();
  };
  const skip = async (): Promise<void> => {
    const restore = await skipOccurrence(group);
    const undo = () => void run(restore, t('calendar.unskipped'));
    tellUndo(t('calendar.skipped'), t('common.undo'), undo);
  };
  const cancel = async (): Promise<void> => {
    const question = { title: t('calendar.cancelRun'), text: t('calendar.cancelText'), yes: t('calendar.cancelRun') };
    const stop = async (): Promise<void> => tellStays(group, await cancelRun(group));
    if (await confirm(question)) await closeAfter(run(stop, t('calendar.cancelled')));
  };
  const onceMore = async (): Promise<void> => {
    const question = { title: t('calendar.onceMore'), text: t('calendar.onceMoreText'), yes: t('calendar.onceMore') };
    if (await confirm({ ...question, isGrave: false })) await run(() => runOnceMore(group), t('calendar.started'));
  };
  return {
    isBusy,
    publishNow: () => void onMove(group, nextMinute(Date.now())),
    onceMore: () => void onceMore(),
    cancel: () => void cancel(),
    skip: () => void closeAfter(run(skip)),
    lock: (locked: boolean) =>
      void closeAfter(run(() => setLocked(group, locked), t(locked ? 'calendar.lockedDone' : 'calendar.unlockedDone'))),
    pause: (paused: boolean) =>
      void run(
        () => (paused ? postActionsPause({ path, body: {} }) : postActionsResume({ path })),
        t(paused ? 'calendar.pausedDone' : 'calendar.resumedDone'),
      ),
  };
};
