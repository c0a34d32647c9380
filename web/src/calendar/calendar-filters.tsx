import { Button, MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PLATFORM_OPTIONS, platformTitle } from '../ui/platforms.ts';
import { type CalendarFilters, FILTER_NAMES, NO_QUEUE } from './filters.ts';
import { useAccounts, useQueues } from './use-accounts.ts';

const STATES = [
  'scheduled',
  'held',
  'publishing',
  'published',
  'unconfirmed',
  'needs_decision',
  'rerouted',
  'missed',
  'failed',
] as const;

interface CalendarFiltersProps {
  readonly filters: CalendarFilters;
  readonly onChange: (change: Partial<CalendarFilters>) => void;
}

type Options = readonly { readonly value: string; readonly label: string }[];

const useOptions = (): Readonly<Record<keyof CalendarFilters, Options>> => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const queues = useQueues();
  return {
    account: [...accounts.values()].map(({ id, displayName, platform }) => ({
      value: id,
      label: `${displayName} · ${platformTitle(platform)}`,
    })),
    platform: PLATFORM_OPTIONS,
    queue: [
      ...[...queues.values()].map(({ id, name }) => ({ value: id, label: name })),
      { value: NO_QUEUE, label: t('calendar.noQueue') },
    ],
    state: [
      ...STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
      { value: 'forecast', label: t('calendar.forecast') },
      { value: 'empty', label: t('calendar.empty') },
    ],
  };
};

/** Shows only some accounts, platforms, queues or states. */
export const CalendarFilterBar = ({ filters, onChange }: CalendarFiltersProps) => {
  const { t } = useTranslation();
  const options = useOptions();
  const isFiltered = FILTER_NAMES.some((name) => filters[name].length > 0);
  const none = Object.fromEntries(FILTER_NAMES.map((name) => [name, []])) as unknown as CalendarFilters;
  return (
    <div className="calendar-filters" role="group" aria-label={t('calendar.filters')}>
      {FILTER_NAMES.map((name) => (
        <MultiSelect
          key={name}
          size="xs"
          searchable
          clearable
          aria-label={t(`calendar.by.${name}`)}
          placeholder={filters[name].length === 0 ? t(`calendar.by.${name}`) : undefined}
          data={[...options[name]]}
          value={[...filters[name]]}
          onChange={(chosen) => onChange({ [name]: chosen })}
        />
      ))}
      {isFiltered && (
        <Button size="xs" variant="subtle" onClick={() => onChange(none)}>
          {t('calendar.showAll')}
        </Button>
      )}
    </div>
  );
};
