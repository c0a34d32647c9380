import { type QuietHours, writableAt, writableInAll } from '../notices/quiet-hours.js';

/**
 * The hours in which no text is sent unless a workspace says otherwise: before 8 and after 21 o'clock of the person
 * called (47 CFR 64.1200(c)(1)).
 */
export const SMS_QUIET_HOURS: QuietHours = { from: '21:00', until: '08:00' };

/** The zones of a country by its two letters, from CLDR; none for what is no country. */
export const zonesOfCountry = (country: string): readonly string[] => {
  const known = remembered.get(country);
  if (known) return known;
  const zones = /^[A-Z]{2}$/.test(country)
    ? (new Intl.Locale(`und-${country}`) as WithZones).getTimeZones?.()
    : undefined;
  const found = zones ?? [];
  remembered.set(country, found);
  return found;
};

/** There are some 250 countries. */
const remembered = new Map<string, readonly string[]>();

/** Part of ECMA-402 since 2025, and newer than our type library. */
type WithZones = Intl.Locale & { readonly getTimeZones?: () => string[] | undefined };

/**
 * When a number may get a text: by the zone its person gave, else so that it is day in every zone of its country. A
 * country so wide that no such time exists is judged by the sender's clocks.
 *
 * @param zone of the person; must be a known one
 * @param home the workspace's zone
 */
export const textableAt = (
  at: Date,
  person: { readonly zone: string | undefined; readonly country: string },
  quiet: QuietHours,
  home: string,
): Date => {
  if (person.zone !== undefined) return writableAt(at, person.zone, quiet);
  const zones = zonesOfCountry(person.country);
  const suitsAll = zones.length === 0 ? undefined : writableInAll(at, zones, quiet);
  return suitsAll ?? writableAt(at, home, quiet);
};
