import { Group, NumberInput, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetBatchesShift } from '../../api/generated/sdk.gen.ts';
import { wholeOf } from '../../ui/numbers.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { waitingTargets } from '../bulk.ts';
import type { BulkFormProps } from './bulk-form.ts';
import { useUndoable } from './use-undoable.ts';

const HOUR_MINUTES = 60;

/** How many were moved, and how many it was too late for. */
const moved = (t: TFunction, changed: number, tooLate: number): string => {
  const done = t('library.bulk.shiftDone', { changed });
  return tooLate === 0 ? done : `${done} ${t('library.bulk.tooLate', { count: tooLate })}`;
};

export const ShiftForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const settle = useUndoable(onDone);
  const [days, setDays] = useState<number | string>(1);
  const [hours, setHours] = useState<number | string>(0);
  const targetIds = waitingTargets(posts);
  const shiftBy = async (sign: 1 | -1, ids = targetIds) => {
    const by = { days: sign * wholeOf(days), minutes: sign * wholeOf(hours) * HOUR_MINUTES };
    return (await targetBatchesShift({ body: { targetIds: ids, by } })).data;
  };
  const shift = useMutation({
    mutationFn: () => shiftBy(1),
    onSuccess: ({ changed, items, tooLate }) =>
      settle(moved(t, changed, tooLate), () =>
        // More than the answer lists can only be taken back as a whole.
        shiftBy(-1, items.length < changed ? targetIds : items.map(({ targetId }) => targetId)),
      ),
  });
  if (targetIds.length === 0) return <Text size="sm">{t('library.bulk.noWaiting')}</Text>;
  return (
    <SubmitForm label={t('library.bulk.shift')} action={shift} onSubmit={() => shift.mutate()}>
      <Text size="sm">{t('library.bulk.shiftWhat')}</Text>
      <Group grow>
        <NumberInput
          label={t('library.bulk.days')}
          value={days}
          onChange={setDays}
          allowDecimal={false}
          data-autofocus
        />
        <NumberInput label={t('library.bulk.hours')} value={hours} onChange={setHours} allowDecimal={false} />
      </Group>
    </SubmitForm>
  );
};
