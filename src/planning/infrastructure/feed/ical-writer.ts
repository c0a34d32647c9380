import { Injectable } from '@nestjs/common';
import { ICalCalendar, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { type CalendarContent, CalendarWriter } from '../../domain/feed/calendar-writer.port.js';
import { descriptionOf, eventStatusOf, type FeedEntry, liveLinkOf, summaryOf } from '../../domain/feed/feed-entry.js';
import { type FeedForecast, forecastDescriptionOf, forecastSummaryOf } from '../../domain/feed/feed-forecast.js';

const PRODUCT = { company: 'Perennial', product: 'Calendar feed', language: 'EN' };

/** How often programs are asked to look again. */
const REFRESH_SECONDS = 900;

/** A post has no length; programs draw entries without one as a line that nobody can click. */
const SHOWN_MS = 15 * MINUTE_MS;

/** By `ical-generator`, which escapes and folds; what it takes as it is, is made fit here. */
@Injectable()
export class ICalWriter extends CalendarWriter {
  write({ name, note, zone, entries, forecasts }: CalendarContent): string {
    const calendar = new ICalCalendar({
      prodId: PRODUCT,
      name: escaped(name),
      ...(note === undefined ? {} : { description: escaped(note) }),
      ttl: REFRESH_SECONDS,
      events: [...entries.map(eventOf), ...forecasts.map(forecastEventOf)],
    });
    // Not `timezone`: with one, the library writes wall times of the machine.
    calendar.x('X-WR-TIMEZONE', zone);
    return `${calendar.toString()}\r\n`;
  }
}

const eventOf = (entry: FeedEntry): ICalEventData => {
  const url = liveLinkOf(entry);
  return {
    id: entry.id,
    sequence: entry.version,
    stamp: entry.updatedAt,
    start: entry.at,
    end: plusMs(entry.at, SHOWN_MS),
    summary: printable(summaryOf(entry)),
    description: printable(descriptionOf(entry)),
    status: ICalEventStatus[eventStatusOf(entry.status)],
    transparency: ICalEventTransparency.TRANSPARENT,
    categories: entry.tags.map((tag) => ({ name: printable(tag) })),
    ...(url === undefined ? {} : { url }),
  };
};

const forecastEventOf = (forecast: FeedForecast): ICalEventData => ({
  id: forecast.id,
  stamp: forecast.updatedAt,
  start: forecast.at,
  end: plusMs(forecast.at, SHOWN_MS),
  summary: printable(forecastSummaryOf(forecast)),
  description: printable(forecastDescriptionOf(forecast)),
  status: ICalEventStatus.TENTATIVE,
  transparency: ICalEventTransparency.TRANSPARENT,
  categories: forecast.tags.map((tag) => ({ name: printable(tag) })),
});

/** TEXT of RFC 5545 holds no control characters but tab and line break. */
const printable = (text: string): string =>
  text.toWellFormed().replaceAll(/\p{Cc}/gu, (sign) => (sign === '\t' || sign === '\n' ? sign : ' '));

/** TEXT on one line with its signs escaped (section 3.3.11), for properties that the library writes as they come. */
const escaped = (text: string): string =>
  printable(text)
    .replaceAll('\n', ' ')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`);
