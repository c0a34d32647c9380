import { Chip, Group, Input, List, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recurrencePreviewsPreview } from '../api/generated/sdk.gen.ts';
import { WEEKDAYS } from '../ui/recurrence/rule.ts';
import { useTimes } from '../ui/times.ts';
import { useComposing } from './draft-context.ts';
import { ruleText, type SimpleRule } from './simple-rule.ts';

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;

/** A rule of days, weeks or months, and when it would run. */
export const RuleFields = () => {
  const { t } = useTranslation();
  const { draft, dispatch } = useComposing();
  const { rule } = draft;
  const put = (change: Partial<SimpleRule>): void =>
    dispatch({ type: 'set', change: { rule: { ...rule, ...change } } });
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="xs">
        <NumberInput
          label={t('compose.every')}
          value={rule.interval}
          onChange={(value) => put({ interval: Math.max(1, Number(value)) })}
          min={1}
          max={99}
          w={90}
        />
        <NativeSelect
          aria-label={t('compose.every')}
          value={rule.freq}
          onChange={({ currentTarget }) =>
            put({ freq: FREQUENCIES.find((freq) => freq === currentTarget.value) ?? 'DAILY' })
          }
          data={FREQUENCIES.map((freq) => ({ value: freq, label: t(`compose.freq.${freq}`) }))}
        />
        <NumberInput
          label={t('compose.count')}
          placeholder={t('compose.countHint')}
          value={rule.count ?? ''}
          onChange={(value) => put({ count: value === '' ? undefined : Math.max(1, Number(value)) })}
          min={1}
          w={180}
        />
      </Group>
      {rule.freq === 'WEEKLY' && (
        <Input.Wrapper label={t('compose.onDays')}>
          <Chip.Group multiple value={[...rule.days]} onChange={(days) => put({ days })}>
            <Group gap={6}>
              {WEEKDAYS.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {t(`compose.day.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      <NextRuns />
    </Stack>
  );
};

const SHOWN_RUNS = 5;
const ASK_AFTER_MS = 350;

/** The server's own reading of the rule. */
const NextRuns = () => {
  const { t } = useTranslation();
  const times = useTimes();
  const { draft } = useComposing();
  const [asked] = useDebouncedValue(JSON.stringify([ruleText(draft.rule), draft.at]), ASK_AFTER_MS);
  const [rule = '', start = ''] = JSON.parse(asked) as string[];
  const { data, error } = useQuery({
    queryKey: [{ _id: 'composeRuns' }, asked, times.zone],
    queryFn: async () => {
      const body = { rule, start, timezone: times.zone, limit: SHOWN_RUNS };
      return (await recurrencePreviewsPreview({ body })).data;
    },
    enabled: start !== '',
    retry: false,
  });
  if (error)
    return (
      <Text size="sm" c="red" role="alert">
        {error.message}
      </Text>
    );
  if (!data) return undefined;
  return (
    <div aria-live="polite">
      <Text size="sm" fw={500}>
        {t('compose.nextRuns')}
      </Text>
      <List size="sm">
        {data.occurrences.map(({ at, note }) => (
          <List.Item key={at}>
            {times.moment(at)}
            {note && ` – ${note}`}
          </List.Item>
        ))}
      </List>
    </div>
  );
};
