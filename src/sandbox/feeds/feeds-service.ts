import { createHash } from 'node:crypto';
import type { Call, Reply } from '../http/call.js';
import { header, json } from '../http/call.js';
import type { Dialect, PlatformService, Route } from '../http/service.js';
import type { World } from '../world/world.js';
import { AppCharts, CURRENT_SIZES, LEGACY_MAX } from './app-charts.js';
import type { Incident } from './feed-incidents.js';
import { FeedIncidents } from './feed-incidents.js';
import { Jetstream } from './jetstream.js';
import { META_SHELL, metaOrgs, metaOutages, metaRss } from './meta-status.js';
import { STATUSPAGES, blueskyEvents, blueskyMonitors, googleIncidents, statuspageSummary } from './status-pages.js';

const html = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** Pages fail as web servers do: with a page. */
const dialect: Dialect = {
  error: (status) => html(status, '<html><body><h1>Service Unavailable</h1></body></html>'),
  rate: () => html(403, '<html><body><h1>Forbidden</h1></body></html>'),
  cap: () => undefined,
  notFound: () => html(404, '<html><body><h1>Not Found</h1></body></html>'),
};

/**
 * Public status pages and Apple's charts (`platforms.md` 7.3, 7.4), one path prefix for each host:
 * `/metastatus.com`, `/status.cloud.google.com`, `/www.google.com`, `/status.bsky.app`, `/discordstatus.com`,
 * `/status.twilio.com`, `/rss.marketingtools.apple.com`, `/itunes.apple.com`. Nobody signs in here.
 */
export class FeedsService implements PlatformService {
  readonly platform = 'feeds' as const;
  readonly steps = ['meta', 'google', 'bluesky', 'discord', 'twilio', 'chart', 'legacy-chart'];
  readonly dialect = dialect;
  readonly incidents: FeedIncidents;
  readonly charts: AppCharts;
  readonly firehose: Jetstream;
  readonly routes: readonly Route[];

  constructor(world: World) {
    this.incidents = new FeedIncidents(world);
    this.charts = new AppCharts(world);
    this.firehose = new Jetstream(world);
    this.routes = [...this.metaRoutes(), ...this.statusRoutes(), ...this.chartRoutes()];
  }

  identify(): undefined {
    return undefined;
  }

  expireTokens(): void {
    // Nobody has a token here.
  }

  createAccount(): Promise<never> {
    return Promise.reject(new Error('status feeds have no accounts'));
  }

  reset(): void {
    this.incidents.reset();
    this.charts.reset();
    this.firehose.reset();
  }

  private metaRoutes(): Route[] {
    const open = (): readonly Incident[] => this.incidents.openOn('meta');
    const ended = (): readonly Incident[] => this.incidents.on('meta').filter(({ endedMs }) => endedMs !== undefined);
    const rss = (call: Call): Reply => {
      const body = metaRss(call.params[0] ?? '', open());
      const headers = { 'content-type': 'application/rss+xml; charset=utf-8' };
      return body === undefined ? html(200, META_SHELL) : this.page(call, { status: 200, headers, body });
    };
    const at = '^/metastatus\\.com';
    return [
      this.feed('meta', `${at}/data/orgs\\.json$`, () => metaOrgs(open(), this.incidents.changedMs)),
      this.outages(`${at}/data/outages/([\\w-]+)\\.history\\.json$`, ended),
      this.outages(`${at}/data/outages/([\\w-]+)\\.json$`, open),
      { method: 'GET', path: new RegExp(`${at}/outage-events-feed-([\\w-]+)\\.rss$`), step: 'meta', handle: rss },
      { method: 'GET', path: new RegExp(`${at}(?:/.*)?$`), step: 'meta', handle: () => html(200, META_SHELL) },
    ];
  }

  private outages(path: string, incidents: () => readonly Incident[]): Route {
    const handle = (call: Call): Reply => {
      const body = metaOutages(call.params[0] ?? '', incidents());
      return body === undefined ? html(200, META_SHELL) : this.page(call, json(200, body));
    };
    return { method: 'GET', path: new RegExp(path), step: 'meta', handle };
  }

  private statusRoutes(): Route[] {
    const { incidents } = this;
    const bluesky = '^/status\\.bsky\\.app/api';
    const from = (call: Call): number => Number(call.url.searchParams.get('from_date') ?? 0) * 1000;
    const summary = (name: 'discord' | 'twilio', host: string): Route =>
      this.feed(name, `^/${host}/api/v2/summary\\.json$`, () =>
        statuspageSummary(STATUSPAGES[name], incidents.openOn(name), incidents.changedMs),
      );
    return [
      this.feed('google', '^/status\\.cloud\\.google\\.com/incidents\\.json$', () =>
        googleIncidents(incidents.on('google-cloud')),
      ),
      this.feed('google', '^/www\\.google\\.com/appsstatus/dashboard/incidents\\.json$', () =>
        googleIncidents(incidents.on('google-workspace')),
      ),
      this.feed('bluesky', `${bluesky}/getMonitorList/\\w+$`, () => blueskyMonitors(incidents.openOn('bluesky'))),
      this.feed('bluesky', `${bluesky}/getEventFeed/\\w+$`, (call) =>
        blueskyEvents(incidents.on('bluesky'), from(call)),
      ),
      summary('discord', 'discordstatus\\.com'),
      summary('twilio', 'status\\.twilio\\.com'),
    ];
  }

  private chartRoutes(): Route[] {
    const current = `^/rss\\.marketingtools\\.apple\\.com/api/v2/([a-z]{2})/apps/top-free/(${CURRENT_SIZES.join('|')})/apps\\.json$`;
    const legacy = '^/itunes\\.apple\\.com/([a-z]{2})/rss/topfreeapplications/limit=(\\d+)(?:/genre=(\\d+))?/json$';
    return [
      this.feed('chart', current, ({ params: [country = '', size] }) => this.charts.current(country, Number(size))),
      this.feed('legacy-chart', legacy, ({ params: [country = '', limit, genre] }) =>
        this.charts.legacy(country, genre || undefined, Math.min(LEGACY_MAX, Number(limit))),
      ),
    ];
  }

  private feed(step: string, path: string, content: (call: Call) => unknown): Route {
    const handle = (call: Call): Reply => this.page(call, json(200, content(call)));
    return { method: 'GET', path: new RegExp(path), step, handle };
  }

  /** Conditional requests: 304 while the document is the one the caller has. */
  private page(call: Call, reply: Reply): Reply {
    const etag = `"${createHash('sha256')
      .update(reply.body ?? '')
      .digest('hex')
      .slice(0, 32)}"`;
    const changedMs = Math.max(this.incidents.changedMs, this.charts.changedMs);
    const headers = { ...reply.headers, etag, 'last-modified': new Date(changedMs).toUTCString() };
    return header(call, 'if-none-match') === etag ? { status: 304, headers } : { ...reply, headers };
  }
}
