import { ActionIcon, Button, Group, Loader, SegmentedControl, Select, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarPlace, shownDays, stepped, VIEWS } from './place.ts';
import { useZones } from './use-place.ts';
import { wallDay } from '../ui/wall-time.ts';

interface CalendarToolbarProps {
  readonly place: CalendarPlace;
  readonly onChange: (change: Partial<CalendarPlace>) => void;
  readonly isLoading: boolean;
}

/** "November 2026", or the week's days. */
const useHeading = ({ view, date }: CalendarPlace): string => {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const [first, last] = shownDays({ view, date });
    const utc = { timeZone: 'UTC', month: 'long', year: 'numeric' } as const;
    if (view === 'month') return new Intl.DateTimeFormat(i18n.language, utc).format(new Date(date));
    return new Intl.DateTimeFormat(i18n.language, { ...utc, day: 'numeric' }).formatRange(first, last);
  }, [view, date, i18n.language]);
};

const ZoneSelect = ({ place, onChange }: Omit<CalendarToolbarProps, 'isLoading'>) => {
  const { t } = useTranslation();
  const { workspace, browser } = useZones(place);
  if (workspace === browser)
    return (
      <Text size="sm" c="dimmed">
        {t('common.timesIn', { zone: workspace })}
      </Text>
    );
  return (
    <Select
      size="xs"
      w={230}
      aria-label={t('calendar.zone')}
      allowDeselect={false}
      value={place.zone}
      data={[
        { value: 'workspace', label: t('calendar.zoneWorkspace', { zone: workspace }) },
        { value: 'browser', label: t('calendar.zoneBrowser', { zone: browser }) },
      ]}
      onChange={(zone) => onChange({ zone: zone === 'browser' ? 'browser' : 'workspace' })}
    />
  );
};

/** Where one is, the way to other weeks, how it is drawn, and by which clock. */
export const CalendarToolbar = ({ place, onChange, isLoading }: CalendarToolbarProps) => {
  const { t } = useTranslation();
  const heading = useHeading(place);
  const { shown } = useZones(place);
  const today = wallDay(new Date().toISOString(), shown);
  return (
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('calendar.previous')}
          onClick={() => onChange(stepped(place, -1))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" size="xs" onClick={() => onChange({ date: today })}>
          {t('calendar.today')}
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('calendar.next')}
          onClick={() => onChange(stepped(place, 1))}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Title order={2} size="h4" aria-live="polite">
          {heading}
        </Title>
        <Loader size="xs" aria-label={t('common.loading')} style={{ visibility: isLoading ? 'visible' : 'hidden' }} />
      </Group>
      <Group gap="xs">
        <ZoneSelect place={place} onChange={onChange} />
        <SegmentedControl
          size="xs"
          aria-label={t('calendar.view')}
          value={place.view}
          data={VIEWS.map((view) => ({ value: view, label: t(`calendar.${view}`) }))}
          onChange={(view) => onChange({ view: view })}
        />
      </Group>
    </Group>
  );
};
