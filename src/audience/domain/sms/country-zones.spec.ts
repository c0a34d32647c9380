import { describe, expect, it } from '@jest/globals';
import { SMS_QUIET_HOURS, textableAt, zonesOfCountry } from './country-zones.js';

const at = (iso: string) => new Date(iso);
const when = (iso: string, country: string, zone?: string) =>
  textableAt(at(iso), { country, zone }, SMS_QUIET_HOURS, 'UTC').toISOString();

describe('textableAt', () => {
  it('goes by the zone a person gave', () => {
    expect(when('2026-01-28T13:30:00Z', 'US', 'America/New_York')).toBe('2026-01-28T13:30:00.000Z');
    expect(when('2026-01-28T03:00:00Z', 'US', 'America/New_York')).toBe('2026-01-28T13:00:00.000Z');
  });

  it('else waits until it is day in the whole country', () => {
    // 8 o'clock in Honolulu and the Aleutians (18:00 UTC) is 13 o'clock in New York.
    expect(when('2026-01-28T13:30:00Z', 'US')).toBe('2026-01-28T18:00:00.000Z');
    expect(when('2026-01-28T06:00:00Z', 'DE')).toBe('2026-01-28T07:00:00.000Z');
  });

  it('goes by the clocks of the sender where a country has no common day, or none is known', () => {
    expect(when('2026-01-28T06:00:00Z', 'ZZ')).toBe('2026-01-28T08:00:00.000Z');
    expect(zonesOfCountry("'; drop")).toEqual([]);
  });
});
