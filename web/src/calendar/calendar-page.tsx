import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../access/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { CalendarFilterBar } from './calendar-filters.tsx';
import { CalendarToolbar } from './calendar-toolbar.tsx';
import { CalendarView } from './calendar-view.tsx';
import { DayDrawer } from './day-drawer.tsx';
import type { Line } from './events.ts';
import { FILTER_NAMES } from './filters.ts';
import type { CalendarGroup } from './groups.ts';
import { RunPanel } from './panel/run-panel.tsx';
import { ShiftDialog } from './shift-dialog.tsx';
import { useCalendar } from './use-calendar.ts';
import { useMove } from './use-move.ts';
import { usePlace, useZones } from './use-place.ts';

export default function CalendarPage() {
  const { t } = useTranslation();
  const mayWrite = useSession().may('posts:write');
  const [place, go] = usePlace();
  const { shown: zone } = useZones(place);
  const { groups, isLoading, error, retry } = useCalendar(place);
  const [opened, setOpened] = useState<Line>();
  const [isShifting, shifting] = useDisclosure();
  const move = useMove(zone);
  const isBare = !isLoading && !error && groups.length === 0;
  const hasFilters = FILTER_NAMES.some((name) => place[name].length > 0);
  const follow = async (group: CalendarGroup, to: string): Promise<boolean> => {
    const at = await move(group, to);
    if (at !== undefined) setOpened((line) => (line && 'group' in line ? { group: { ...group, at } } : line));
    return at !== undefined;
  };
  const shiftButton = mayWrite && (
    <Button variant="default" size="xs" leftSection={<IconArrowsRight size={16} aria-hidden />} onClick={shifting.open}>
      {t('calendar.shiftMany')}
    </Button>
  );
  return (
    <PageFrame title={t('page.calendar')} actions={shiftButton}>
      <Stack gap="sm">
        <CalendarToolbar place={place} onChange={go} isLoading={isLoading} />
        <CalendarFilterBar filters={place} onChange={go} />
        {error != null && <ProblemNote error={error} onRetry={retry} />}
        <CalendarView place={place} zone={zone} groups={groups} mayMove={mayWrite} onOpen={setOpened} onMove={follow} />
        {isBare && <Nothing hasFilters={hasFilters} />}
      </Stack>
      <DayDrawer
        more={opened && 'more' in opened ? opened.more : undefined}
        zone={zone}
        onClose={() => setOpened(undefined)}
        onOpen={(group) => setOpened({ group })}
      />
      <RunPanel
        group={opened && 'group' in opened ? opened.group : undefined}
        zone={zone}
        onClose={() => setOpened(undefined)}
        onMove={follow}
      />
      {isShifting && <ShiftDialog place={place} zone={zone} onClose={shifting.close} />}
    </PageFrame>
  );
}

const Nothing = ({ hasFilters }: { readonly hasFilters: boolean }) => {
  const { t } = useTranslation();
  if (hasFilters) return <EmptyState what={t('calendar.nothingFits')} />;
  return (
    <EmptyState
      what={t('calendar.nothingYet')}
      next={
        <Button component={Link} to="/compose" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('shell.newPost')}
        </Button>
      }
    />
  );
};
