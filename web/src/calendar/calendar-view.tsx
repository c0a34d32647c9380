import FullCalendar, { type CalendarRef, type EventDropInfo } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import frenchLocale from '@fullcalendar/react/locales/fr';
import listPlugin from '@fullcalendar/react/list';
import '@fullcalendar/react/skeleton.css';
import classicTheme from '@fullcalendar/react/themes/classic';
import '@fullcalendar/react/themes/classic/palette.css';
import '@fullcalendar/react/themes/classic/theme.css';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './calendar.css';
import { type Line, lineOf, toEvents } from './events.ts';
import type { CalendarGroup } from './groups.ts';
import { LineContent } from './line-content.tsx';
import { classOf } from './line-look.ts';
import type { CalendarPlace, CalendarViewName } from './place.ts';
import { useMoment } from './use-moment.ts';
import { WhyTip } from './why-tip.tsx';

const PLUGINS = [dayGridPlugin, timeGridPlugin, listPlugin, interactionPlugin, classicTheme];
const VIEW_TYPES: Readonly<Record<CalendarViewName, string>> = {
  month: 'dayGridMonth',
  week: 'timeGridWeek',
  agenda: 'listWeek',
};
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const LOCALES = [frenchLocale];
const MONDAY = 1;

interface CalendarViewProps {
  readonly place: CalendarPlace;
  readonly zone: string;
  readonly groups: readonly CalendarGroup[];
  readonly mayMove: boolean;
  readonly onOpen: (line: Line) => void;
  /** Answers whether it moved; if not, the line goes back. */
  readonly onMove: (group: CalendarGroup, to: string) => Promise<boolean>;
}

/** The library's grid or list. Given anything new while a line is dragged it forgets the drag: so what it gets stays. */
const Grid = memo(function Grid({ place, zone, groups, mayMove, onOpen, onMove }: CalendarViewProps) {
  const { t, i18n } = useTranslation();
  const { view, date } = place;
  const { clock } = useMoment(zone);
  const calendar = useRef<CalendarRef>(null);
  const events = useMemo(() => toEvents(groups, { view, zone, mayMove }), [groups, view, zone, mayMove]);
  useEffect(() => calendar.current?.getApi().changeView(VIEW_TYPES[view], date), [view, date]);
  const drop = ({ event, revert }: EventDropInfo): void => {
    const line = lineOf(event);
    if (!('group' in line) || !event.start) return revert();
    void onMove(line.group, event.start.toISOString()).then((hasMoved) => hasMoved || revert());
  };
  return (
    <FullCalendar
      ref={calendar}
      plugins={PLUGINS}
      locales={LOCALES}
      locale={i18n.language}
      firstDay={MONDAY}
      timeZone={zone}
      initialView={VIEW_TYPES[view]}
      initialDate={date}
      headerToolbar={false}
      height="auto"
      allDaySlot={false}
      fixedWeekCount={false}
      nowIndicator
      eventDisplay="block"
      eventInteractive
      eventDurationEditable={false}
      eventOrder="start,rank"
      eventMaxStack={4}
      eventMinHeight={22}
      forceEventDuration
      defaultTimedEventDuration="00:30"
      slotDuration="00:30"
      eventTimeFormat={CLOCK}
      slotHeaderFormat={CLOCK}
      noEventsText={t('calendar.nothing')}
      events={events}
      eventClass={({ event }) => classOf(lineOf(event))}
      eventContent={({ event }) => <LineContent line={lineOf(event)} t={t} clock={clock} />}
      eventClick={({ event }) => onOpen(lineOf(event))}
      eventDrop={drop}
    />
  );
});

/** What is drawn of the weeks: says which line was opened, or dropped where. */
export const CalendarView = ({ onOpen, onMove, ...drawn }: CalendarViewProps) => {
  const latest = useRef({ onOpen, onMove });
  useEffect(() => {
    latest.current = { onOpen, onMove };
  });
  const open = useCallback((line: Line) => latest.current.onOpen(line), []);
  const move = useCallback((group: CalendarGroup, to: string) => latest.current.onMove(group, to), []);
  return (
    <WhyTip>
      <Grid {...drawn} onOpen={open} onMove={move} />
    </WhyTip>
  );
};
