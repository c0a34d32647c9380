import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconCheck,
  IconHandStop,
  IconHelpCircle,
  IconLock,
  IconPlayerPause,
  IconProgress,
  IconRepeat,
  IconSparkles,
  IconX,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import { platformTitle } from '../ui/platforms.ts';
import type { Line } from './events.ts';
import type { CalendarGroup, GroupState } from './groups.ts';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const MARKS: Partial<Record<GroupState, Icon>> = {
  published: IconCheck,
  publishing: IconProgress,
  held: IconPlayerPause,
  unconfirmed: IconHelpCircle,
  needs_decision: IconHandStop,
  failed: IconX,
  missed: IconAlertTriangle,
  rerouted: IconArrowsSplit2,
  forecast: IconSparkles,
};

const Mark = ({ of: Icon }: { readonly of: Icon | undefined }) =>
  Icon && (
    <span className="line-mark" aria-hidden>
      <Icon size={12} stroke={2.2} />
    </span>
  );

/** What lines share: the hooks are asked once for hundreds of them. */
export interface LineWords {
  readonly t: TFunction;
  readonly clock: (iso: string) => string;
}

/** Everything the line shows by colour and mark, in words. */
const inWords = ({ state, caption, platforms, entries: [entry] }: CalendarGroup, t: TFunction): string =>
  [
    t(state === 'forecast' || state === 'empty' ? `calendar.${state}` : `state.${state}`),
    caption,
    platforms.map(platformTitle).join(', '),
    entry.source === 'rrule' ? t('calendar.recurring') : '',
    entry.locked ? t('calendar.locked') : '',
  ]
    .filter((words) => words !== '')
    .join(', ');

const GroupLine = ({ group, t, clock }: LineWords & { readonly group: CalendarGroup }) => {
  const { at, caption, state, platforms, entries } = group;
  const [entry] = entries;
  return (
    <span className="line-content" data-line data-why={entry.why}>
      <Mark of={MARKS[state]} />
      <span className="line-time">{clock(at)}</span>
      <span className="line-caption" aria-hidden>
        {state === 'empty' ? t('calendar.empty') : caption}
      </span>
      <Mark of={entry.source === 'rrule' ? IconRepeat : undefined} />
      <Mark of={entry.locked ? IconLock : undefined} />
      {platforms.length > 1 && (
        <span className="line-count" aria-hidden>
          {platforms.length}
        </span>
      )}
      <span className="line-words">{inWords(group, t)}</span>
    </span>
  );
};

/** One line of the calendar: a post at a time, or how many more there are. */
export const LineContent = ({ line, t, clock }: LineWords & { readonly line: Line }) => {
  if ('group' in line) return <GroupLine group={line.group} t={t} clock={clock} />;
  const { hidden, urgent } = line.more;
  return (
    <span className="line-content" data-line>
      {t('calendar.more', { count: hidden })}
      {urgent > 0 && (
        <span className="line-urgent" title={t('calendar.urgent', { count: urgent })}>
          <IconAlertTriangle size={12} stroke={2.2} aria-hidden />
          <span aria-hidden>{urgent}</span>
          <span className="line-words">{t('calendar.urgent', { count: urgent })}</span>
        </span>
      )}
    </span>
  );
};
