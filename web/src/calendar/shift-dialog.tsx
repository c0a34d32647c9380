import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetBatchesShiftMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { BatchResultDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useDeed } from '../api/use-deed.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { tellDone } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import type { CalendarPlace } from './place.ts';
import { ShiftFields } from './shift-fields.tsx';
import { firstWish, opposite, shiftOf, type ShiftWish } from './shift-wish.ts';
import { TOUCHED } from './use-run-change.ts';

interface ShiftDialogProps {
  readonly place: CalendarPlace;
  readonly zone: string;
  readonly onClose: () => void;
}

const useShift = (onDone: () => void) => {
  const { t } = useTranslation();
  const back = useDeed(targetBatchesShiftMutation(), { tags: TOUCHED, said: t('calendar.movedBack') });
  return useMutation({
    ...targetBatchesShiftMutation(),
    onSuccess: async ({ changed, items, tooLate }, { body: { by } }) => {
      await refreshTags(TOUCHED);
      const late = tooLate > 0 ? ` ${t('calendar.shiftLate', { count: tooLate })}` : '';
      const said = `${t('calendar.shifted', { count: changed })}${late}`;
      const targetIds = items.map(({ targetId }) => targetId);
      // The answer names so many and no more: what it does not name cannot be taken back alone.
      if (targetIds.length < changed) tellDone(said);
      else tellUndo(said, t('common.undo'), () => back.mutate({ body: { targetIds, by: opposite(by) } }));
      onDone();
    },
  });
};

/** Moves all that waits in a span; says first how much that is. */
export const ShiftDialog = ({ place, zone, onClose }: ShiftDialogProps) => {
  useFocusBack();
  const { t } = useTranslation();
  const [wish, setWish] = useState(() => firstWish(place, zone, Date.now()));
  const body = shiftOf(wish, zone);
  const trial = useMutation(targetBatchesShiftMutation());
  const shift = useShift(onClose);
  const change = (part: Partial<ShiftWish>): void => {
    trial.reset();
    shift.reset();
    setWish({ ...wish, ...part });
  };
  return (
    <Modal opened onClose={onClose} title={t('calendar.shiftMany')} size="lg">
      <Stack>
        <ShiftFields wish={wish} zone={zone} onChange={change} />
        <Outcome trial={trial.data} error={trial.error ?? shift.error} />
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={!body}
            loading={trial.isPending}
            onClick={() => body && trial.mutate({ body: { ...body, dryRun: true } })}
          >
            {t('calendar.shiftTry')}
          </Button>
          <Button
            disabled={!body || !trial.data?.changed}
            loading={shift.isPending}
            onClick={() => body && shift.mutate({ body })}
          >
            {t('calendar.shiftDo', { count: trial.data?.changed ?? 0 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const Outcome = ({ trial, error }: { readonly trial: BatchResultDto | undefined; readonly error: unknown }) => {
  const { t } = useTranslation();
  if (error) return <ProblemNote error={error} />;
  if (!trial) return null;
  return (
    <Alert color={trial.changed > 0 ? 'leaf' : 'gray'} role="status">
      {t('calendar.shiftWould', { count: trial.changed })}
    </Alert>
  );
};
