import type { FeedEntry } from './feed-entry.js';
import type { FeedForecast } from './feed-forecast.js';

/** A calendar as it is to be written. */
export interface CalendarContent {
  readonly name: string;
  /** Shown by calendar programs that show one; undefined: nothing to say. */
  readonly note?: string;
  /** IANA name of the zone that people of the workspace think in. Instants themselves are written in UTC. */
  readonly zone: string;
  readonly entries: readonly FeedEntry[];
  readonly forecasts: readonly FeedForecast[];
}

/** Writes calendars as RFC 5545 documents. The same content gives the same bytes. */
export abstract class CalendarWriter {
  abstract write(calendar: CalendarContent): string;
}
