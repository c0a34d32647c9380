import { parseInstant, parseWallTime } from '../wall-time.js';

const DAY_FIRST_YEAR = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(.+))?$/;
const CLOCK = /^(\d{1,2})[:h.](\d{2})(?::(\d{2}))?\s*(am|pm)?$/i;
const SHORT_DATE = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/;

export type ReadTime = { readonly time: string } | { readonly fault: 'ambiguous' | 'unreadable' };

/**
 * A time as files write it (`2026-12-01 18:30`, `2026/12/1 6:30 pm`, ISO with or without offset) as an ISO instant or
 * wall time. `01/02/26` means two days on two sides of the sea and is refused as ambiguous.
 * @param clock the time of day where it has a column of its own; 00:00 is never guessed
 */
export const readTime = (date: string, clock = ''): ReadTime => {
  const text = clock.trim() === '' ? date.trim() : `${date.trim()} ${clock.trim()}`;
  if (parseInstant(text) || parseWallTime(text) !== undefined) return { time: text };
  if (SHORT_DATE.test(text) && !DAY_FIRST_YEAR.test(text)) return { fault: 'ambiguous' };
  const [, year, month, day, rest] = DAY_FIRST_YEAR.exec(text) ?? [];
  const time = rest === undefined ? undefined : readClock(rest);
  if (year === undefined || time === undefined) return { fault: 'unreadable' };
  const wall = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}T${time}`;
  return parseWallTime(wall) === undefined && !parseInstant(wall) ? { fault: 'unreadable' } : { time: wall };
};

const OFFSET = /^(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})$/i;

const readClock = (text: string): string | undefined => {
  const [, bare, offset] = OFFSET.exec(text.trim()) ?? [];
  if (bare !== undefined && offset !== undefined) return bare + isoOffset(offset);
  const [, hour, minute, second, half] = CLOCK.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  return `${String(hours).padStart(2, '0')}:${minute}${second === undefined ? '' : `:${second}`}`;
};

const isoOffset = (offset: string): string =>
  /^(Z|UTC)$/i.test(offset) ? 'Z' : offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
