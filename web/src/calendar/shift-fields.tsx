import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PLATFORM_OPTIONS } from '../ui/platforms.ts';
import type { ShiftWish } from './shift-wish.ts';
import { useAccounts } from './use-accounts.ts';

interface ShiftFieldsProps {
  readonly wish: ShiftWish;
  readonly zone: string;
  readonly onChange: (part: Partial<ShiftWish>) => void;
}

/** Which targets, and how far. */
export const ShiftFields = (props: ShiftFieldsProps) => (
  <>
    <Which {...props} />
    <HowFar {...props} />
  </>
);

const Which = ({ wish, zone, onChange }: ShiftFieldsProps) => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  return (
    <>
      <Group grow align="start">
        <TextInput
          type="datetime-local"
          label={t('calendar.shiftFrom')}
          description={t('common.timesIn', { zone })}
          value={wish.from}
          onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('calendar.shiftTo')}
          description={t('common.timesIn', { zone })}
          value={wish.to}
          onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        />
      </Group>
      <Group grow>
        <Select
          clearable
          label={t('calendar.by.account')}
          placeholder={t('calendar.all')}
          value={wish.accountId}
          data={[...accounts.values()].map(({ id, displayName }) => ({ value: id, label: displayName }))}
          onChange={(accountId) => onChange({ accountId })}
        />
        <Select
          clearable
          label={t('calendar.by.platform')}
          placeholder={t('calendar.all')}
          value={wish.platform}
          data={PLATFORM_OPTIONS}
          onChange={(platform) => onChange({ platform })}
        />
      </Group>
    </>
  );
};

const HowFar = ({ wish, onChange }: ShiftFieldsProps) => {
  const { t } = useTranslation();
  return (
    <Group grow>
      <NumberInput
        label={t('calendar.shiftDays')}
        allowDecimal={false}
        value={wish.days}
        onChange={(days) => onChange({ days })}
      />
      <NumberInput
        label={t('calendar.shiftMinutes')}
        allowDecimal={false}
        value={wish.minutes}
        onChange={(minutes) => onChange({ minutes })}
      />
    </Group>
  );
};
