import { type CalendarFilters, FILTER_NAMES } from './filters.ts';

export const VIEWS = ['month', 'week', 'agenda'] as const;

export type CalendarViewName = (typeof VIEWS)[number];

/** Which clock the times are told by. */
export type ZoneChoice = 'workspace' | 'browser';

/** What the address of the page says. */
export interface CalendarPlace extends CalendarFilters {
  readonly view: CalendarViewName;
  /** A day within what is shown, `YYYY-MM-DD`. */
  readonly date: string;
  readonly zone: ZoneChoice;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const isDay = (text: string | null): text is string =>
  text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** Anything odd in the address is as if it were not there. */
export const readPlace = (params: URLSearchParams, defaults: Pick<CalendarPlace, 'view' | 'date'>): CalendarPlace => {
  const date = params.get('date');
  const lists = FILTER_NAMES.map((name) => [name, params.getAll(name)] as const);
  return {
    view: VIEWS.find((view) => view === params.get('view')) ?? defaults.view,
    date: isDay(date) ? date : defaults.date,
    zone: params.get('zone') === 'browser' ? 'browser' : 'workspace',
    ...(Object.fromEntries(lists) as unknown as CalendarFilters),
  };
};

/** What is as usual is not said. */
export const writePlace = ({ view, date, zone, ...filters }: CalendarPlace): URLSearchParams => {
  const params = new URLSearchParams({ view, date });
  if (zone === 'browser') params.set('zone', zone);
  for (const name of FILTER_NAMES) for (const one of filters[name]) params.append(name, one);
  return params;
};

const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;
const DAYS_A_WEEK = 7;

const atUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The Monday on or before. */
const mondayOf = (ms: number): number => ms - ((new Date(ms).getUTCDay() + 6) % DAYS_A_WEEK) * DAY_MS;

const monthOf = (day: string, offset: number): number => {
  const date = new Date(atUtc(day));
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
};

/** The weeks that are drawn; the last day is not in it any more. */
const daysOf = ({ view, date }: Pick<CalendarPlace, 'view' | 'date'>): readonly [number, number] => {
  if (view !== 'month') return [mondayOf(atUtc(date)), mondayOf(atUtc(date)) + DAYS_A_WEEK * DAY_MS];
  return [mondayOf(monthOf(date, 0)), mondayOf(monthOf(date, 1) - DAY_MS) + DAYS_A_WEEK * DAY_MS];
};

/** First and last day that belong to it, as UTC midnights: for the heading. */
export const shownDays = (place: Pick<CalendarPlace, 'view' | 'date'>): readonly [Date, Date] => {
  const [from, to] = daysOf(place);
  return [new Date(from), new Date(to - DAY_MS)];
};

/** Instants that hold these days on the clocks of every zone: half a day more on either side, and some. */
export const spanOf = (place: Pick<CalendarPlace, 'view' | 'date'>): { readonly from: string; readonly to: string } => {
  const [from, to] = daysOf(place);
  const iso = (ms: number) => new Date(ms).toISOString();
  return { from: iso(from - HALF_DAY_MS - DAY_MS / 12), to: iso(to + HALF_DAY_MS) };
};

/** The same place so many months or weeks on. */
export const stepped = <P extends Pick<CalendarPlace, 'view' | 'date'>>(place: P, steps: number): P => {
  const { view, date } = place;
  const next = view === 'month' ? monthOf(date, steps) : atUtc(date) + steps * DAYS_A_WEEK * DAY_MS;
  return { ...place, date: toDay(next) };
};
