import { Chip, Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MonthDayField } from './month-day-field.tsx';
import { FREQUENCIES, type Frequency, type Rule, type RuleEnd, WEEKDAYS } from './rule.ts';
import { clockText, ruleInWords, weekdayName } from './rule-words.ts';

interface RuleFieldsProps {
  readonly rule: Rule;
  /** Local time of the first run, `YYYY-MM-DDTHH:mm`. */
  readonly start: string;
  readonly onChange: (rule: Rule) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const USUAL_COUNT = 10;

const WeekdayField = ({ rule, onChange }: Omit<RuleFieldsProps, 'start'>) => {
  const { t, i18n } = useTranslation();
  return (
    <div role="group" aria-label={t('series.weekdays')}>
      <Text size="sm" fw={500} mb={4}>
        {t('series.weekdays')}
      </Text>
      <Chip.Group multiple value={[...rule.weekdays]} onChange={(days) => onChange({ ...rule, weekdays: days })}>
        <Group gap={4}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="sm">
              {weekdayName(day, i18n.language, 'short')}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
};

const EndField = ({ rule, start, onChange }: RuleFieldsProps) => {
  const { t } = useTranslation();
  const { end } = rule;
  const day = start.slice(0, 'YYYY-MM-DD'.length);
  const ends: Readonly<Record<RuleEnd['kind'], RuleEnd>> = {
    never: { kind: 'never' },
    until: { kind: 'until', day },
    count: { kind: 'count', count: USUAL_COUNT },
  };
  return (
    <Group grow align="end">
      <Select
        label={t('series.ends')}
        allowDeselect={false}
        value={end.kind}
        data={(['never', 'until', 'count'] as const).map((kind) => ({ value: kind, label: t(`series.end.${kind}`) }))}
        onChange={(kind) => onChange({ ...rule, end: ends[kind as RuleEnd['kind']] })}
      />
      {end.kind === 'until' && (
        <TextInput
          type="date"
          label={t('series.lastDay')}
          value={end.day}
          // Half a date is none: the field says so by being empty, and the last whole one stays.
          onChange={({ currentTarget: { value } }) =>
            value !== '' && onChange({ ...rule, end: { kind: 'until', day: value } })
          }
        />
      )}
      {end.kind === 'count' && (
        <NumberInput
          label={t('series.count')}
          min={1}
          allowDecimal={false}
          value={end.count}
          onChange={(count) => onChange({ ...rule, end: { kind: 'count', count: Math.max(1, Number(count)) } })}
        />
      )}
    </Group>
  );
};

/** A recurrence rule in fields, and what they say together in words. */
export const RuleFields = ({ rule, start, onChange }: RuleFieldsProps) => {
  const { t, i18n } = useTranslation();
  const [hour = '0', minute = '00'] = start.slice('YYYY-MM-DDT'.length).split(':');
  const chosen = rule.hours.length > 0 ? rule.hours : [Number(hour)];
  return (
    <Stack gap="sm">
      <Group grow>
        <NumberInput
          label={t('series.interval')}
          min={1}
          max={1_000}
          allowDecimal={false}
          value={rule.interval}
          onChange={(interval) => onChange({ ...rule, interval: Math.max(1, Number(interval)) })}
        />
        <Select
          label={t('series.unit')}
          allowDeselect={false}
          value={rule.freq}
          data={FREQUENCIES.map((freq) => ({
            value: freq,
            label: t(`series.frequency.${freq}`, { count: rule.interval }),
          }))}
          onChange={(freq) => onChange({ ...rule, freq: freq as Frequency })}
        />
      </Group>
      {rule.freq === 'WEEKLY' && <WeekdayField rule={rule} onChange={onChange} />}
      {rule.freq === 'MONTHLY' && <MonthDayField rule={rule} onChange={onChange} />}
      <MultiSelect
        label={t('series.hours')}
        description={t('series.hoursWhat')}
        data={HOURS.map((at) => ({ value: String(at), label: clockText(at, minute) }))}
        value={chosen.map(String)}
        onChange={(hours) => onChange({ ...rule, hours: hours.map(Number) })}
      />
      <EndField rule={rule} start={start} onChange={onChange} />
      <Text size="sm" role="status">
        {ruleInWords(rule, start, { t, language: i18n.language })}
      </Text>
    </Stack>
  );
};
