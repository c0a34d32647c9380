import type { Incident, Severity } from './feed-incidents.js';
import { worstOf } from './feed-incidents.js';

const iso = (ms: number): string => new Date(ms).toISOString();

const IMPACT: Readonly<Record<Severity, readonly [severity: string, impact: string]>> = {
  minor: ['low', 'SERVICE_INFORMATION'],
  major: ['medium', 'SERVICE_DISRUPTION'],
  critical: ['high', 'SERVICE_OUTAGE'],
};

/** Google's `incidents.json`: Cloud and Workspace, not YouTube. */
export const googleIncidents = (incidents: readonly Incident[]): unknown =>
  incidents.map((incident) => ({
    id: incident.id,
    begin: iso(incident.begunMs),
    ...(incident.endedMs === undefined ? {} : { end: iso(incident.endedMs) }),
    service_name: incident.service,
    external_desc: incident.text,
    severity: IMPACT[incident.severity][0],
    status_impact: IMPACT[incident.severity][1],
    affected_products: [{ id: incident.service, title: incident.service }],
  }));

/** Monitors of Bluesky's UptimeRobot page. */
const BLUESKY_MONITORS = ['AppView', 'PDS Entryway', 'Video service'];

/** `api/getMonitorList/{page}` */
export const blueskyMonitors = (open: readonly Incident[]): unknown => ({
  status: 'ok',
  data: BLUESKY_MONITORS.map((name, at) => {
    const isDown = open.some(({ service }) => service === name);
    return { monitorId: 1000 + at, name, statusClass: isDown ? 'danger' : 'success' };
  }),
});

/** `api/getEventFeed/{page}?from_date=<unix>` */
export const blueskyEvents = (incidents: readonly Incident[], fromMs: number): unknown => ({
  status: true,
  results: incidents
    .filter(({ begunMs, endedMs }) => (endedMs ?? begunMs) >= fromMs)
    .map(({ id, service, text, begunMs, endedMs }) => ({
      id,
      monitor: service,
      eventType: endedMs === undefined ? 'down' : 'up',
      timestamp: Math.floor((endedMs ?? begunMs) / 1000),
      content: text,
    })),
});

/** A Statuspage: whose it is and what it lists. */
interface Statuspage {
  readonly name: string;
  readonly url: string;
  readonly components: readonly string[];
}

export const STATUSPAGES = {
  discord: { name: 'Discord', url: 'https://discordstatus.com', components: ['API', 'Gateway', 'Media Proxy'] },
  twilio: { name: 'Twilio', url: 'https://status.twilio.com', components: ['Programmable Messaging', 'REST API'] },
} as const satisfies Readonly<Record<string, Statuspage>>;

const INDICATED: Readonly<Record<Severity | 'none', string>> = {
  none: 'All Systems Operational',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
};
const COMPONENT: Readonly<Record<Severity | 'none', string>> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
};

/** `api/v2/summary.json` */
export const statuspageSummary = (page: Statuspage, open: readonly Incident[], changedMs: number): unknown => {
  const indicator = worstOf(open) ?? 'none';
  const names = [...new Set([...page.components, ...open.map(({ service }) => service)])];
  return {
    page: { id: page.name.toLowerCase(), name: page.name, url: page.url, updated_at: iso(changedMs) },
    status: { indicator, description: INDICATED[indicator] },
    components: names.map((name) => {
      const worst = worstOf(open.filter(({ service }) => service === name)) ?? 'none';
      return { id: name.toLowerCase().replaceAll(' ', '-'), name, status: COMPONENT[worst], group: false };
    }),
    incidents: open.map(({ id, text, severity, begunMs }) => ({
      id,
      name: text,
      status: 'investigating',
      impact: severity,
      created_at: iso(begunMs),
      updated_at: iso(begunMs),
      incident_updates: [{ id: `${id}-1`, status: 'investigating', body: text, created_at: iso(begunMs) }],
    })),
    scheduled_maintenances: [],
  };
};
