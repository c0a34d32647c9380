import { Alert, Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetBatchesShiftMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { BatchResultDto, ShiftTargetsDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useDeed } from '../api/use-deed.ts';
import { PLATFORM_OPTIONS, type PlatformName } from '../ui/platforms.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { tellDone } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { type CalendarPlace, shownDays } from './place.ts';
import { useAccounts } from './use-accounts.ts';
import { TOUCHED } from './use-run-change.ts';
import { instantOfWall, wallTime } from '../ui/wall-time.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';

interface ShiftDialogProps {
  readonly place: CalendarPlace;
  readonly zone: string;
  readonly onClose: () => void;
}

const opposite = ({ days = 0, minutes = 0 }: ShiftTargetsDto['by']) => ({ days: -days, minutes: -minutes });

const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);

const useWish = ({ place, zone }: Omit<ShiftDialogProps, 'onClose'>) => {
  const [first, last] = shownDays(place);
  const [wish, setWish] = useState(() => ({
    from: wallTime(new Date(Math.max(Date.now(), first.getTime())).toISOString(), zone),
    to: `${dayOf(last)}T23:59`,
    accountId: place.account[0] ?? null,
    platform: (place.platform[0] ?? null) as PlatformName | null,
    days: 1,
    minutes: 0,
  }));
  const { from, to, accountId, platform, days, minutes } = wish;
  const span = { from: instantOfWall(from, zone), to: instantOfWall(to, zone) };
  const body: ShiftTargetsDto = {
    filter: { ...span, ...(accountId ? { accountId } : {}), ...(platform ? { platform } : {}) },
    by: { days, minutes },
  };
  return { wish, body, isWhole: span.from !== undefined && span.to !== undefined, change: setWish };
};

/** Moves all that waits in a span; says first how much that is. */
export const ShiftDialog = ({ place, zone, onClose }: ShiftDialogProps) => {
  useFocusBack();
  const { t } = useTranslation();
  const accounts = useAccounts();
  const { wish, body, isWhole, change } = useWish({ place, zone });
  const trial = useMutation(targetBatchesShiftMutation());
  const back = useDeed(targetBatchesShiftMutation(), { tags: TOUCHED, said: t('calendar.movedBack') });
  const shift = useMutation({
    ...targetBatchesShiftMutation(),
    onSuccess: async ({ changed, items, tooLate }, { body: { by } }) => {
      await refreshTags(TOUCHED);
      const late = tooLate > 0 ? ` ${t('calendar.shiftLate', { count: tooLate })}` : '';
      const said = `${t('calendar.shifted', { count: changed })}${late}`;
      const targetIds = items.map(({ targetId }) => targetId);
      // The answer names so many and no more: what it does not name cannot be taken back alone.
      if (targetIds.length < changed) tellDone(said);
      else tellUndo(said, t('common.undo'), () => back.mutate({ body: { targetIds, by: opposite(by) } }));
      onClose();
    },
  });
  const set = (part: Partial<typeof wish>): void => {
    trial.reset();
    shift.reset();
    change({ ...wish, ...part });
  };
  return (
    <Modal opened onClose={onClose} title={t('calendar.shiftMany')} size="lg">
      <Stack>
        <Group grow align="start">
          <TextInput
            type="datetime-local"
            label={t('calendar.shiftFrom')}
            description={t('common.timesIn', { zone })}
            value={wish.from}
            onChange={({ currentTarget }) => set({ from: currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={t('calendar.shiftTo')}
            description={t('common.timesIn', { zone })}
            value={wish.to}
            onChange={({ currentTarget }) => set({ to: currentTarget.value })}
          />
        </Group>
        <Group grow>
          <Select
            clearable
            label={t('calendar.by.account')}
            placeholder={t('calendar.all')}
            value={wish.accountId}
            data={[...accounts.values()].map(({ id, displayName }) => ({ value: id, label: displayName }))}
            onChange={(accountId) => set({ accountId })}
          />
          <Select
            clearable
            label={t('calendar.by.platform')}
            placeholder={t('calendar.all')}
            value={wish.platform}
            data={PLATFORM_OPTIONS}
            onChange={(platform) => set({ platform: platform })}
          />
        </Group>
        <Group grow>
          <NumberInput
            label={t('calendar.shiftDays')}
            allowDecimal={false}
            value={wish.days}
            onChange={(days) => set({ days: Number(days) })}
          />
          <NumberInput
            label={t('calendar.shiftMinutes')}
            allowDecimal={false}
            value={wish.minutes}
            onChange={(minutes) => set({ minutes: Number(minutes) })}
          />
        </Group>
        <Outcome trial={trial.data} error={trial.error ?? shift.error} />
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={!isWhole}
            loading={trial.isPending}
            onClick={() => trial.mutate({ body: { ...body, dryRun: true } })}
          >
            {t('calendar.shiftTry')}
          </Button>
          <Button disabled={!trial.data?.changed} loading={shift.isPending} onClick={() => shift.mutate({ body })}>
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
