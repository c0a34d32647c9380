import type { FeedNews, Severity } from './feed.js';

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): readonly Json[] | undefined =>
  Array.isArray(value) ? value.map(objectOf) : undefined;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const instant = (value: unknown): { updatedAt?: Date } => {
  const ms = typeof value === 'number' ? value * 1_000 : Date.parse(textOf(value));
  return Number.isNaN(ms) || ms <= 0 || ms > 8.64e15 ? {} : { updatedAt: new Date(ms) };
};

const newest = (values: readonly unknown[]): { updatedAt?: Date } => {
  const known = values.map((value) => instant(value).updatedAt?.getTime() ?? 0);
  const ms = Math.max(0, ...known);
  return ms > 0 ? { updatedAt: new Date(ms) } : {};
};

const named = (wanted: string | undefined, ...names: unknown[]): boolean =>
  wanted === undefined || names.some((name) => textOf(name).toLowerCase() === wanted.toLowerCase());

const COMPONENT: Readonly<Record<string, Severity>> = {
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};
const IMPACT: Readonly<Record<string, Severity>> = { minor: 'minor', major: 'major', critical: 'critical' };
const WELL = ['none', 'maintenance'];

/** Statuspage `api/v2/summary.json`; a named component is judged by its own status, the page by its indicator. */
export const readStatuspage = (body: unknown, service?: string): readonly FeedNews[] | string => {
  const { status, components, incidents } = objectOf(body);
  const indicator = textOf(objectOf(status).indicator);
  if (indicator === '') return 'It has no status.indicator, so it is no Statuspage summary.';
  const open = (listOf(incidents) ?? []).filter((one) => textOf(one.status) !== 'resolved');
  const told = newest(open.flatMap((one) => [one.updated_at, one.created_at]));
  const names = open.map((one) => textOf(one.name)).filter((name) => name !== '');
  if (service !== undefined) {
    const component = (listOf(components) ?? []).find((one) => named(service, one.name, one.id));
    if (!component) return `It has no component ${service}.`;
    const severity = COMPONENT[textOf(component.status)];
    const summary = [`${service}: ${textOf(component.status).replaceAll('_', ' ')}`, ...names].join('. ');
    return severity ? [{ id: `component ${service}`, summary, severity, ...told }] : [];
  }
  if (WELL.includes(indicator)) return [];
  const severity = IMPACT[indicator];
  if (!severity) return `Its indicator ${indicator.slice(0, 40)} is unknown.`;
  const summary = [textOf(objectOf(status).description), ...names].filter((part) => part !== '').join('. ');
  return [{ id: 'page', summary, severity, ...told }];
};

const META_WORDS: Readonly<Record<string, Severity | 'well'>> = {
  'no known issues': 'well',
  resolved: 'well',
  'low disruptions': 'minor',
  'medium disruptions': 'major',
  'high disruptions': 'critical',
};

/** metastatus.com `data/orgs.json`, undocumented. */
export const readMeta = (body: unknown, service?: string): readonly FeedNews[] | string => {
  const services = listOf(body)?.flatMap((org) => listOf(org.services) ?? []);
  if (!services || services.length === 0) return 'It names no services.';
  const wanted = services.filter((one) => named(service, one.id, one.name));
  if (wanted.length === 0) return `It has no service ${service ?? ''}.`;
  const judged = wanted.map((one) => ({ one, word: META_WORDS[textOf(one.status).toLowerCase()] }));
  const strange = judged.find(({ word }) => word === undefined);
  if (strange) return `Its status ${textOf(strange.one.status).slice(0, 40)} is unknown.`;
  return judged.flatMap(({ one, word }) =>
    word === undefined || word === 'well'
      ? []
      : [
          {
            id: textOf(one.id),
            summary: `${textOf(one.name)}: ${textOf(one.status)}`,
            severity: word,
            ...instant(one.time),
          },
        ],
  );
};

const GOOGLE: Readonly<Record<string, Severity>> = { low: 'minor', medium: 'major', high: 'critical' };

/** Google's `incidents.json`, Cloud and Workspace: what has no end is open. */
export const readGoogle = (body: unknown, service?: string): readonly FeedNews[] | string => {
  const incidents = listOf(body);
  if (!incidents) return 'It is no list of incidents.';
  return incidents
    .filter((one) => textOf(one.begin) !== '' && textOf(one.end) === '')
    .filter((one) => {
      const products = listOf(one.affected_products) ?? [];
      return named(service, one.service_name, ...products.flatMap(({ id, title }) => [id, title]));
    })
    .map((one) => ({
      id: textOf(one.id),
      summary: `${textOf(one.service_name)}: ${textOf(one.external_desc)}`,
      severity:
        textOf(one.status_impact) === 'SERVICE_INFORMATION' ? 'minor' : (GOOGLE[textOf(one.severity)] ?? 'major'),
      ...newest([one.modified, one.begin]),
    }));
};

/** UptimeRobot's `api/getMonitorList`, as Bluesky's page uses it: unofficial. */
export const readUptimeRobot = (body: unknown, service?: string): readonly FeedNews[] | string => {
  const monitors = listOf(objectOf(body).data);
  if (!monitors || monitors.length === 0) return 'It lists no monitors.';
  const wanted = monitors.filter((one) => named(service, one.name, one.monitorId));
  if (wanted.length === 0) return `It has no monitor ${service ?? ''}.`;
  return wanted
    .filter(({ statusClass }) => statusClass === 'danger')
    .map(({ name }) => ({ id: textOf(name), summary: `${textOf(name)} is down.`, severity: 'major' as const }));
};
