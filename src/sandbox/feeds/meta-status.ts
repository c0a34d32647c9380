import type { Incident, Severity } from './feed-incidents.js';
import { worstOf } from './feed-incidents.js';

/** Components and their RSS names; there is none for publishing on Instagram (`platforms.md` 7.3). */
export const META_SERVICES: readonly (readonly [id: string, name: string, org: string])[] = [
  ['graph-api', 'Graph API', 'platform'],
  ['facebook-login', 'Facebook Login', 'platform'],
  ['marketing-api', 'Marketing API', 'ads'],
  ['ads-manager', 'Ads Manager', 'ads'],
  ['fbs', 'Facebook Business Suite', 'business'],
  ['fb-ig-shops', 'Facebook and Instagram Shops', 'business'],
];
const ORGS: readonly (readonly [id: string, name: string])[] = [
  ['platform', 'Meta for Developers'],
  ['ads', 'Meta Ads'],
  ['business', 'Meta Business'],
];

const WORDS: Readonly<Record<Severity, string>> = {
  minor: 'Low disruptions',
  major: 'Medium disruptions',
  critical: 'High disruptions',
};

const seconds = (ms: number): number => Math.floor(ms / 1000);
const wordOf = (incident: Incident): string => (incident.endedMs === undefined ? WORDS[incident.severity] : 'Resolved');

/** `data/orgs.json` */
export const metaOrgs = (open: readonly Incident[], changedMs: number): unknown =>
  ORGS.map(([id, name]) => {
    const services = META_SERVICES.filter(([, , org]) => org === id).map(([serviceId, serviceName]) => {
      const worst = worstOf(open.filter(({ service }) => service === serviceId));
      const status = worst === undefined ? 'No known issues' : WORDS[worst];
      return { id: serviceId, name: serviceName, status, time: seconds(changedMs) };
    });
    return { id, name, services, rss_file_paths: services.map((service) => `outage-events-feed-${service.id}.rss`) };
  });

/** `data/outages/{org}.json`, or its history; undefined for an unknown organisation. */
export const metaOutages = (org: string, incidents: readonly Incident[]): unknown => {
  if (!ORGS.some(([id]) => id === org)) return undefined;
  const services = META_SERVICES.filter(([, , owner]) => owner === org).map(([id]) => id);
  return incidents
    .filter(({ service }) => services.includes(service))
    .map((incident) => ({
      service_id: incident.service,
      status: wordOf(incident),
      time: seconds(incident.endedMs ?? incident.begunMs),
      posts: [{ description: incident.text, time: seconds(incident.begunMs) }],
    }));
};

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** RSS 2.0 with open events only; undefined for an unknown service. */
export const metaRss = (service: string, open: readonly Incident[]): string | undefined => {
  const name = META_SERVICES.find(([id]) => id === service)?.[1];
  if (name === undefined) return undefined;
  const items = open
    .filter((incident) => incident.service === service)
    .map(
      (incident) =>
        `<item><title>${xml(name)}: ${wordOf(incident)}</title><description>${xml(incident.text)}</description>` +
        `<guid isPermaLink="false">${incident.id}</guid><pubDate>${new Date(incident.begunMs).toUTCString()}</pubDate></item>`,
    );
  const head = `<title>${xml(name)} outage events</title><link>https://metastatus.com/</link>`;
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${head}${items.join('')}</channel></rss>`;
};

/** What every path that does not exist is answered with, status 200. */
export const META_SHELL =
  '<!doctype html><html><head><title>Meta status</title></head><body><div id="root"></div></body></html>';
