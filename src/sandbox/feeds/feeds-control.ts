import type { ChartApp } from './app-charts.js';
import { FEED_NAMES, SEVERITIES } from './feed-incidents.js';
import type { FeedName, Severity } from './feed-incidents.js';
import type { FeedsService } from './feeds-service.js';

type Body = Readonly<Record<string, unknown>>;
/** What the control API answers: a value, or a sentence that says what is wrong. */
export type Ordered = { readonly value: unknown } | { readonly error: string };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * `POST /__sim/feeds {feed, service, severity, text?}` opens an incident; `severity: "none"` ends those of the
 * service, or of the whole page without `service`.
 */
export const orderFeed = (feeds: FeedsService, { feed, service, severity, text }: Body): Ordered => {
  if (!FEED_NAMES.some((name) => name === feed)) return { error: `feed must be one of ${FEED_NAMES.join(' ')}` };
  if (severity === 'none') {
    return { value: { resolved: feeds.incidents.resolve(feed as FeedName, isText(service) ? service : undefined) } };
  }
  if (!SEVERITIES.some((name) => name === severity)) {
    return { error: `severity must be one of none ${SEVERITIES.join(' ')}` };
  }
  if (!isText(service)) return { error: 'service must name a component of the page' };
  const said = isText(text) ? text : `We are looking into problems with ${service}.`;
  const incident = { feed: feed as FeedName, service, severity: severity as Severity, text: said };
  return { value: feeds.incidents.open(incident) };
};

/**
 * `POST /__sim/charts {country, genre?, apps: [{id, name, artist, bundleId?}], updated?}` replaces one chart. One app
 * makes the legacy `entry` an object, none leaves it out; `updated` is shown as it comes and may be stale.
 */
export const orderChart = (feeds: FeedsService, { country, genre, apps, updated }: Body): Ordered => {
  if (typeof country !== 'string' || !/^[a-z]{2}$/.test(country)) return { error: 'country must be two small letters' };
  if (genre !== undefined && typeof genre !== 'number') return { error: 'genre must be a number' };
  if (updated !== undefined && !isText(updated)) return { error: 'updated must be a string' };
  if (!Array.isArray(apps) || !apps.every(isApp)) return { error: 'apps must be a list of {id, name, artist}' };
  const chart = { apps, ...(updated === undefined ? {} : { updated }) };
  feeds.charts.set(country, genre?.toFixed(), chart);
  return { value: feeds.charts.all() };
};

const isApp = (value: unknown): value is ChartApp => {
  const { id, name, artist } = (value ?? {}) as Partial<ChartApp>;
  return isText(id) && isText(name) && isText(artist);
};
