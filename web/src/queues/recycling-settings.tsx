import { Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  recyclingChangeCategoryMutation,
  recyclingReadCategoryOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { RecyclingDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { tellDone } from '../ui/tell.ts';
import { QUEUE_TAGS } from './use-queue-deeds.ts';

const UNITS = ['day', 'week', 'month'] as const;

/** What is typed otherwise; null takes a setting back. */
type Wish = { [Name in keyof RecyclingDto]: RecyclingDto[Name] | null };

/** The generated type knows null of numbers only; the API takes it for all. */
const bodyOf = (wish: Wish): RecyclingDto => Object.fromEntries(Object.entries(wish));

const numberOf = (value: string | number): number | null => (value === '' ? null : Number(value));
const textOf = (value: string): string | null => (value === '' ? null : value);

interface RulesProps {
  readonly category: string;
  readonly stored: RecyclingDto;
}

const Rules = ({ category, stored }: RulesProps) => {
  const { t } = useTranslation();
  const [wish, setWish] = useState<Wish>({});
  const change = useMutation({
    ...recyclingChangeCategoryMutation(),
    onSuccess: async () => {
      await refreshTags([...QUEUE_TAGS, 'Recycling']);
      tellDone(t('common.saved'));
    },
  });
  const now = { ...stored, ...wish };
  const set = (part: Wish): void => setWish({ ...wish, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ path: { category }, body: bodyOf(wish) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group grow align="end">
          <NumberInput
            label={t('queues.gap')}
            min={1}
            value={now.gap ?? ''}
            onChange={(gap) => set({ gap: numberOf(gap) })}
          />
          <Select
            aria-label={t('queues.gapUnit')}
            allowDeselect={false}
            value={now.gapFreq ?? 'day'}
            data={UNITS.map((unit) => ({ value: unit, label: t(`queues.units.${unit}`) }))}
            onChange={(unit) => set({ gapFreq: unit })}
          />
          <NumberInput
            label={t('queues.expireCount')}
            min={1}
            value={now.expireCount ?? ''}
            onChange={(count) => set({ expireCount: numberOf(count) })}
          />
        </Group>
        <Group grow>
          <NumberInput
            label={t('queues.cooldown')}
            min={0}
            value={typeof now.cooldownDays === 'number' ? now.cooldownDays : ''}
            onChange={(days) => set({ cooldownDays: numberOf(days) })}
          />
          <TextInput
            type="date"
            label={t('queues.startDate')}
            value={now.startDate ?? ''}
            onChange={({ currentTarget }) => set({ startDate: textOf(currentTarget.value) })}
          />
          <TextInput
            type="date"
            label={t('queues.expireDate')}
            value={now.expireDate ?? ''}
            onChange={({ currentTarget }) => set({ expireDate: textOf(currentTarget.value) })}
          />
        </Group>
        {change.error && <ProblemNote error={change.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending} disabled={Object.keys(wish).length === 0}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const CategoryRules = ({ category }: { readonly category: string }) => {
  const rules = useQuery(recyclingReadCategoryOptions({ path: { category } }));
  return (
    <Answered query={rules}>
      {({ recycling }) => <Rules key={JSON.stringify(recycling)} category={category} stored={recycling} />}
    </Answered>
  );
};

/** How the evergreen posts of a category return, where a post does not say it itself. */
export const RecyclingSettings = ({ categories }: { readonly categories: readonly string[] }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const category = chosen ?? categories[0];
  if (category === undefined) return null;
  return (
    <Paper withBorder p="sm">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t('queues.recycling')}
          </Title>
          <Select
            size="xs"
            allowDeselect={false}
            aria-label={t('queues.category')}
            data={[...categories]}
            value={category}
            onChange={setChosen}
          />
        </Group>
        <Text size="sm" c="dimmed">
          {t('queues.recyclingWhat')}
        </Text>
        <CategoryRules key={category} category={category} />
      </Stack>
    </Paper>
  );
};
