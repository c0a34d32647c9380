import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { derivedId, type WorkspaceId } from '../../../kernel/ids.js';
import {
  byPlace,
  type CalendarEntry,
  type CalendarForecast,
  type CalendarGap,
  type CalendarTarget,
  MAX_AHEAD_DAYS,
  MAX_SPAN_DAYS,
} from '../../domain/calendar/calendar.js';
import { Calendar, type CalendarQuestion } from '../../domain/calendar/calendar.port.js';
import type { Span } from '../../domain/queues/queue.js';
import { spanRefused } from '../../domain/queues/queue.errors.js';
import { type ForecastRun as RecurringRun, RecurrenceForecast } from '../recurring/recurrence-forecast.js';
import { Excerpts } from './excerpts.js';
import { type ForecastGap, ForecastReader, type ForecastRun } from './forecast-reader.js';

/** A span as asked for; it begins now when nobody says when. */
export type AskedSpan = Pick<Span, 'until'> & Partial<Span>;

/** A run to come before its post was read. */
type Wordless = Omit<CalendarForecast, 'caption'>;

/** What is planned, what would be, and what stays empty, in order of time. */
@Injectable()
export class ReadCalendar {
  constructor(
    private readonly calendar: Calendar,
    private readonly forecasts: ForecastReader,
    private readonly recurring: RecurrenceForecast,
    private readonly excerpts: Excerpts,
    private readonly clock: Clock,
  ) {}

  /** At most `limit` entries. @throws DomainError `calendar.bad_span` */
  async execute(
    workspaceId: WorkspaceId,
    { span, ...asked }: Omit<CalendarQuestion, keyof Span> & { readonly span: AskedSpan },
  ): Promise<readonly CalendarEntry[]> {
    const question = { ...asked, ...checkedSpan(span, this.clock.now()) };
    const targets = await this.calendar.targets(workspaceId, question);
    const { accountIds, after, limit } = question;
    // What comes after the last target of a full page is cut off.
    const last = targets.length < limit ? undefined : targets.at(-1);
    const { runs, gaps } = await this.forecasts.between(workspaceId, question, last && plusMs(last.at, 1));
    const rest = { from: after ? new Date(after.at) : question.from, until: question.until };
    const recurring = await this.recurring.between(workspaceId, rest, limit + 1, accountIds);
    const isAsked = (ids: readonly string[]) => accountIds.length === 0 || ids.some((id) => accountIds.includes(id));
    const expected: (Wordless | CalendarGap)[] = [
      ...runs.filter((run) => isAsked(run.accountIds)).map(forecastOf),
      ...recurring.map(recurringOf),
      // A gap is of no account; who asks about some sees what they have.
      ...(accountIds.length === 0 ? gaps.map(gapOf) : []),
    ];
    const entries = [...targets, ...expected.filter(isAfter(after))].toSorted(byPlace).slice(0, limit);
    return this.withWords(workspaceId, entries);
  }

  /** Targets carry their words; a run to come has those that its post has now. */
  private async withWords(
    workspaceId: WorkspaceId,
    entries: readonly (CalendarTarget | Wordless | CalendarGap)[],
  ): Promise<readonly CalendarEntry[]> {
    const postIds = entries.flatMap((entry) => (entry.kind === 'forecast' ? [entry.postId] : []));
    const excerpts = await this.excerpts.of(workspaceId, postIds);
    return entries.map((entry) =>
      entry.kind === 'forecast' ? { ...entry, caption: excerpts.get(entry.postId) ?? '' } : entry,
    );
  }
}

/** @throws DomainError `calendar.bad_span` */
export const checkedSpan = (asked: AskedSpan, now: Date): Span => {
  const { from = now, until } = asked;
  if (from >= until) throw spanRefused('to', 'The span ends before it begins. Send a `to` after `from`.');
  if (until.getTime() - from.getTime() > MAX_SPAN_DAYS * DAY_MS)
    throw spanRefused('to', `A span has at most ${MAX_SPAN_DAYS} days. Ask for a shorter one.`);
  if (until > plusMs(now, MAX_AHEAD_DAYS * DAY_MS))
    throw spanRefused('to', `A forecast reaches ${MAX_AHEAD_DAYS} days from now at most. Send an earlier \`to\`.`);
  return { from, until };
};

const isAfter =
  (after: CalendarQuestion['after']) =>
  ({ at, id }: Pick<CalendarEntry, 'at' | 'id'>): boolean => {
    if (!after) return true;
    const seen = Date.parse(after.at);
    return at.getTime() > seen || (at.getTime() === seen && id > after.id);
  };

const placeOf = ({ queueId, slotId, localDate }: ForecastRun | ForecastGap) => ({ queueId, slotId, localDate });

const forecastOf = (run: ForecastRun): Wordless => ({
  kind: 'forecast',
  at: run.at,
  id: derivedId('forecast', run.slotId, run.localDate),
  postId: run.postId,
  accountIds: run.accountIds,
  source: 'queue',
  variation: run.variation,
  zone: run.zone,
  place: placeOf(run),
  why: run.why,
});

const recurringOf = ({ recurrenceId, localTime, ...run }: RecurringRun): Wordless => ({
  ...run,
  localTime,
  kind: 'forecast',
  id: derivedId('forecast', recurrenceId, localTime),
  source: 'rrule',
});

const gapOf = (gap: ForecastGap): CalendarGap => ({
  kind: 'empty',
  at: gap.at,
  id: derivedId('empty', gap.slotId, gap.localDate),
  code: gap.code,
  zone: gap.zone,
  place: placeOf(gap),
  why: gap.why,
});
