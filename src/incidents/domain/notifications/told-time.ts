import { DateTime } from 'luxon';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';

/** `27 Jan, 15:02` on the wall of `zone`. @param at ISO instant */
export const clockOf = (at: string, zone: string): string =>
  DateTime.fromISO(at, { zone, locale: 'en' }).toFormat('d LLL, HH:mm');

/** The same, with the zone behind it. */
export const timeOf = (at: string, zone: string): string => `${clockOf(at, zone)} (${zone})`;

/** `2 h 38 min`, `12 min`, `less than a minute`. @param ms at least 0 */
export const spanOf = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(ms / HOUR_MS);
  const rest = minutes - hours * 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};
