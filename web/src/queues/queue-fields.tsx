import { Group, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldProblem, type Problem } from '../api/problem.ts';
import { useAccounts } from '../calendar/use-accounts.ts';
import { platformTitle } from '../ui/platforms.ts';
import type { QueueWish } from './queue-form.tsx';

interface PartProps {
  readonly wish: QueueWish;
  readonly set: (part: Partial<QueueWish>) => void;
  readonly problem: Problem | undefined;
}

const ORDERS = ['oldest', 'shuffled', 'weighted', 'priority'] as const;
const SECONDS_A_MINUTE = 60;
const ZONES = Intl.supportedValuesOf('timeZone');

/** What it is called, whose clock it follows, and to whom it publishes. */
export const Where = ({ wish, set, problem }: PartProps) => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  return (
    <>
      <Group grow align="start">
        <TextInput
          required
          label={t('queues.name')}
          value={wish.name}
          error={fieldProblem(problem, 'name')}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <Select
          searchable
          allowDeselect={false}
          label={t('queues.zone')}
          data={ZONES.includes(wish.timezone) ? ZONES : [wish.timezone, ...ZONES]}
          limit={60}
          value={wish.timezone}
          error={fieldProblem(problem, 'timezone')}
          onChange={(timezone) => set({ timezone: timezone ?? wish.timezone })}
        />
      </Group>
      <MultiSelect
        label={t('queues.accounts')}
        data={[...accounts.values()].map(({ id, displayName, platform }) => ({
          value: id,
          label: `${displayName} · ${platformTitle(platform)}`,
        }))}
        value={wish.accountIds}
        error={fieldProblem(problem, 'accountIds')}
        onChange={(accountIds) => set({ accountIds })}
      />
    </>
  );
};

/** Which post comes next, and how many at most. */
export const HowOften = ({ wish, set, problem }: PartProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Group grow align="start">
        <Select
          allowDeselect={false}
          label={t('queues.order')}
          description={t(`queues.orderWhat.${wish.order}`)}
          data={ORDERS.map((order) => ({ value: order, label: t(`queues.orders.${order}`) }))}
          value={wish.order}
          onChange={(order) => set({ order: order as QueueWish['order'] })}
        />
        <NumberInput
          min={1}
          allowDecimal={false}
          label={t('queues.dailyCap')}
          description={t('queues.dailyCapWhat')}
          value={wish.dailyCap ?? ''}
          error={fieldProblem(problem, 'dailyCap')}
          onChange={(cap) => set({ dailyCap: cap === '' ? null : Number(cap) })}
        />
        <NumberInput
          min={0}
          label={t('queues.minGap')}
          description={t('queues.minGapWhat')}
          value={wish.minGapSeconds / SECONDS_A_MINUTE}
          error={fieldProblem(problem, 'minGapSeconds')}
          onChange={(minutes) => set({ minGapSeconds: Math.round(Number(minutes) * SECONDS_A_MINUTE) })}
        />
      </Group>
      {wish.order === 'weighted' && (
        <Switch
          label={t('queues.weighsViews')}
          checked={wish.weighsViews}
          onChange={({ currentTarget }) => set({ weighsViews: currentTarget.checked })}
        />
      )}
    </>
  );
};
