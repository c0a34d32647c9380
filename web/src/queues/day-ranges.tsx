import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface DayRange {
  readonly from: string;
  readonly until: string;
  readonly name?: string;
}

interface DayRangesProps<Range extends DayRange> {
  /** Days of one year (`YYYY-MM-DD`) on which nothing runs, or of every year (`MM-DD`) in which it does. */
  readonly kind: 'blackouts' | 'seasons';
  readonly ranges: readonly Range[];
  readonly onChange: (ranges: Range[]) => void;
}

const today = (): string => new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);

/** Spans of days, each with its first and last. */
export const DayRanges = <Range extends DayRange>({ kind, ranges, onChange }: DayRangesProps<Range>) => {
  const { t } = useTranslation();
  const isYearly = kind === 'seasons';
  const field = isYearly ? { placeholder: 'MM-DD', w: 110 } : { type: 'date', w: 160 };
  const change = (at: number, part: Partial<DayRange>): void =>
    onChange(ranges.map((range, index) => (index === at ? { ...range, ...part } : range)));
  const add = (): void => {
    const day = isYearly ? { from: '01-01', until: '12-31' } : { from: today(), until: today() };
    onChange([...ranges, day as Range]);
  };
  return (
    <Stack gap={6} role="group" aria-label={t(`queues.${kind}`)}>
      <Text size="sm" fw={500}>
        {t(`queues.${kind}`)}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`queues.${kind}What`)}
      </Text>
      {ranges.map((range, at) => (
        <Group key={at} gap="xs" align="end">
          <TextInput
            {...field}
            size="xs"
            label={t('queues.firstDay')}
            value={range.from}
            onChange={({ currentTarget }) => change(at, { from: currentTarget.value })}
          />
          <TextInput
            {...field}
            size="xs"
            label={t('queues.lastDay')}
            value={range.until}
            onChange={({ currentTarget }) => change(at, { until: currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('queues.removeDays', { from: range.from })}
            onClick={() => onChange(ranges.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button size="xs" variant="default" onClick={add}>
          {t('queues.addDays')}
        </Button>
      </Group>
    </Stack>
  );
};
