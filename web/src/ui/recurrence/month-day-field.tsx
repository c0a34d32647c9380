import { Group, NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type MonthDay, POSITIONS, type Rule, type Weekday, WEEKDAYS } from './rule.ts';
import { weekdayName } from './rule-words.ts';

interface MonthDayFieldProps {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
}

type Kind = MonthDay['kind'] | 'last';

const STARTS: Readonly<Record<Kind, MonthDay>> = {
  start: { kind: 'start' },
  number: { kind: 'number', number: 1 },
  last: { kind: 'number', number: -1 },
  weekday: { kind: 'weekday', position: 1, weekday: 'MO' },
};

/** Which day of the month: by number, the last, or "the second Tuesday". */
export const MonthDayField = ({ rule, onChange }: MonthDayFieldProps) => {
  const { t, i18n } = useTranslation();
  const { monthDay } = rule;
  const kind: Kind = monthDay.kind === 'number' && monthDay.number === -1 ? 'last' : monthDay.kind;
  const set = (next: MonthDay): void => onChange({ ...rule, monthDay: next });
  return (
    <Group grow align="end">
      <Select
        label={t('series.monthDay')}
        allowDeselect={false}
        value={kind}
        data={(['start', 'number', 'last', 'weekday'] as const).map((one) => ({
          value: one,
          label: t(`series.month.${one}`),
        }))}
        onChange={(one) => set(STARTS[one as Kind])}
      />
      {kind === 'number' && monthDay.kind === 'number' && (
        <NumberInput
          aria-label={t('series.month.number')}
          min={1}
          max={31}
          allowDecimal={false}
          value={monthDay.number}
          onChange={(number) => set({ kind: 'number', number: Math.max(1, Number(number)) })}
        />
      )}
      {monthDay.kind === 'weekday' && (
        <>
          <Select
            aria-label={t('series.monthDay')}
            allowDeselect={false}
            value={String(monthDay.position)}
            data={POSITIONS.map((one) => ({ value: String(one), label: t(`series.position.${one as 1}`) }))}
            onChange={(position) => set({ ...monthDay, position: Number(position) })}
          />
          <Select
            aria-label={t('series.weekdays')}
            allowDeselect={false}
            value={monthDay.weekday}
            data={WEEKDAYS.map((day) => ({ value: day, label: weekdayName(day, i18n.language) }))}
            onChange={(weekday) => set({ ...monthDay, weekday: weekday as Weekday })}
          />
        </>
      )}
    </Group>
  );
};
