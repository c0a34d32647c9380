import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import type { useFields } from '../ui/use-fields.ts';
import type { DrillWish } from './drill-wish.ts';

const DAYS = ['1', '2', '3', '4', '5', '6', '7'];
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The date of one drill, or day and clock of a weekly one. */
export const DrillTime = ({ form }: { readonly form: ReturnType<typeof useFields<DrillWish>> }) => {
  const { t, i18n } = useTranslation();
  const { timezone } = useSession();
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const { when, dayOfWeek } = form.values;
  if (when === 'once')
    return (
      <TextInput
        type="datetime-local"
        label={t('drills.at')}
        description={t('common.timesIn', { zone: timezone })}
        required
        {...form.text('at')}
        error={form.fault('startsAt')}
      />
    );
  if (when === 'weekly')
    return (
      <SimpleGrid cols={2}>
        <Select
          label={t('drills.day')}
          data={DAYS.map((value, index) => ({ value, label: dayName.format(MONDAY + index * DAY_MS) }))}
          allowDeselect={false}
          value={dayOfWeek}
          onChange={(value) => value && form.set({ dayOfWeek: value })}
        />
        <TextInput
          type="time"
          label={t('drills.time', { zone: timezone })}
          {...form.text('time')}
          error={form.fault('schedule.time')}
        />
      </SimpleGrid>
    );
  return null;
};
