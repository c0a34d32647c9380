import { Button, Group, MultiSelect, NumberInput, Paper, Select, Stack, Switch, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { tagsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CreateQueueDto } from '../api/generated/types.gen.ts';
import { fieldProblem, type Problem, toProblem } from '../api/problem.ts';
import { useAccounts } from '../calendar/use-accounts.ts';
import { platformTitle } from '../ui/platforms.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { DayRanges } from './day-ranges.tsx';
import { QueuePreview } from './queue-preview.tsx';
import { SlotGrid } from './slot-grid.tsx';

/** A queue as the form has it. */
export type QueueWish = Required<Omit<CreateQueueDto, 'seed'>>;

interface QueueFormProps {
  readonly queue: QueueWish;
  /** Absent: it does not exist yet. */
  readonly id?: string;
  readonly error: unknown;
  readonly isSaving: boolean;
  readonly onSave: (wish: QueueWish) => void;
}

interface PartProps {
  readonly wish: QueueWish;
  readonly set: (part: Partial<QueueWish>) => void;
  readonly problem: Problem | undefined;
}

const ORDERS = ['oldest', 'shuffled', 'weighted', 'priority'] as const;
const SECONDS_A_MINUTE = 60;
const ZONES = Intl.supportedValuesOf('timeZone');

const Where = ({ wish, set, problem }: PartProps) => {
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

const HowOften = ({ wish, set, problem }: PartProps) => {
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

/** Everything about a queue, and beside it what it would do; nothing is stored before it is saved. */
export const QueueForm = ({ queue, id, error, isSaving, onSave }: QueueFormProps) => {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const { data: tags } = useQuery(tagsListOptions({ query: { limit: 100 } }));
  const [wish, setWish] = useState(queue);
  const problem = error ? toProblem(error) : undefined;
  const part = { wish, problem, set: (change: Partial<QueueWish>) => setWish((old) => ({ ...old, ...change })) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave(wish);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="queue-fields" disabled={!mayWrite}>
        <Stack>
          <Where {...part} />
          <Paper withBorder p="sm">
            <Title order={2} size="h5" mb="xs">
              {t('queues.timetable')}
            </Title>
            <SlotGrid
              slots={wish.slots}
              tags={tags?.items.map(({ tag }) => tag) ?? []}
              onChange={(change) => setWish((old) => ({ ...old, slots: change(old.slots) }))}
            />
          </Paper>
          <HowOften {...part} />
          <DayRanges kind="blackouts" ranges={wish.blackouts} onChange={(blackouts) => part.set({ blackouts })} />
          <DayRanges kind="seasons" ranges={wish.seasons} onChange={(seasons) => part.set({ seasons })} />
          {problem && <ProblemNote error={problem} />}
          {mayWrite && (
            <Group justify="flex-end">
              <Button type="submit" loading={isSaving}>
                {t('common.save')}
              </Button>
            </Group>
          )}
          {id && <QueuePreview id={id} queue={queue} wish={wish} />}
        </Stack>
      </fieldset>
    </form>
  );
};
