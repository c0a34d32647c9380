import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, postJson } from './sandbox-wire.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false });
});
afterAll(() => sandbox.stop());

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const feed = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(`${sandbox.urls.feeds}/${path}`, { headers });

afterEach(async () => {
  await control('reset');
});

describe("Meta's status page", () => {
  const graph = async () => (await feed('metastatus.com/data/orgs.json')).json[0].services[0];

  it('names a service with its status, and its outage until it ends', async () => {
    expect(await graph()).toMatchObject({ id: 'graph-api', status: 'No known issues' });
    await control('feeds', { feed: 'meta', service: 'graph-api', severity: 'critical', text: 'Posts fail & wait' });
    expect(await graph()).toMatchObject({ status: 'High disruptions' });
    const open = await feed('metastatus.com/data/outages/platform.json');
    expect(open.json).toMatchObject([{ service_id: 'graph-api', posts: [{ description: 'Posts fail & wait' }] }]);
    const rss = await feed('metastatus.com/outage-events-feed-graph-api.rss');
    expect(rss.headers.get('content-type')).toContain('rss+xml');
    expect(rss.text).toContain('Posts fail &amp; wait');
    await control('feeds', { feed: 'meta', service: 'graph-api', severity: 'none' });
    expect(await graph()).toMatchObject({ status: 'No known issues' });
    expect((await feed('metastatus.com/data/outages/platform.json')).json).toEqual([]);
    expect((await feed('metastatus.com/outage-events-feed-graph-api.rss')).text).not.toContain('<item>');
    const past = await feed('metastatus.com/data/outages/platform.history.json');
    expect(past.json).toMatchObject([{ status: 'Resolved' }]);
  });

  it.each(['', '/api/v2/summary.json', '/data/outages/nobody.json', '/outage-events-feed-instagram.rss'])(
    'answers the unknown path %s with 200 and a page',
    async (path) => {
      const answer = await feed(`metastatus.com${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
    },
  );
});

describe('other status pages', () => {
  it('has the shapes of Google, Bluesky, Discord and Twilio', async () => {
    for (const [name, service] of [
      ['google-cloud', 'Identity'],
      ['bluesky', 'AppView'],
      ['discord', 'API'],
      ['twilio', 'REST API'],
    ]) {
      await control('feeds', { feed: name, service, severity: 'major' });
    }
    const google = await feed('status.cloud.google.com/incidents.json');
    expect(google.json).toMatchObject([
      { service_name: 'Identity', severity: 'medium', status_impact: 'SERVICE_DISRUPTION', begin: expect.any(String) },
    ]);
    expect((await feed('www.google.com/appsstatus/dashboard/incidents.json')).json).toEqual([]);
    const monitors = await feed('status.bsky.app/api/getMonitorList/zwOvMT8x16');
    expect(monitors.json.data[0]).toMatchObject({ name: 'AppView', statusClass: 'danger' });
    expect((await feed('status.bsky.app/api/getEventFeed/zwOvMT8x16?from_date=0')).json.results).toHaveLength(1);
    for (const [host, name] of [
      ['discordstatus.com', 'API'],
      ['status.twilio.com', 'REST API'],
    ]) {
      const { json } = await feed(`${host}/api/v2/summary.json`);
      expect(json.status).toEqual({ indicator: 'major', description: 'Partial System Outage' });
      expect(json.components).toContainEqual(expect.objectContaining({ name, status: 'partial_outage' }));
      expect(json.incidents).toHaveLength(1);
    }
  });

  it('has none for TikTok, and no Statuspage for Bluesky', async () => {
    expect((await feed('www.tiktok.com/status')).status).toBe(404);
    expect((await feed('status.bsky.app/api/v2/summary.json')).status).toBe(404);
  });

  it('answers 304 until something changes', async () => {
    const path = 'discordstatus.com/api/v2/summary.json';
    const etag = (await feed(path)).headers.get('etag') ?? '';
    expect((await feed(path, { 'if-none-match': etag })).status).toBe(304);
    await control('feeds', { feed: 'discord', service: 'API', severity: 'minor' });
    expect((await feed(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('fails as ordered', async () => {
    await control('faults', { platform: 'feeds', step: 'twilio', kind: 'garbage', times: 1 });
    expect((await feed('status.twilio.com/api/v2/summary.json')).headers.get('content-type')).toBe('text/html');
    await control('faults', { platform: 'feeds', step: 'chart', kind: 'rate', times: 1 });
    expect((await feed('rss.marketingtools.apple.com/api/v2/us/apps/top-free/25/apps.json')).status).toBe(403);
    await control('faults', { platform: 'feeds', step: 'meta', kind: 'error-before', code: 503, times: 1 });
    expect((await feed('metastatus.com/data/orgs.json')).status).toBe(503);
  });

  it.each([
    ['feeds', { feed: 'tiktok', service: 'x', severity: 'minor' }],
    ['feeds', { feed: 'discord', service: 'x', severity: 'bad' }],
    ['feeds', { feed: 'discord', severity: 'minor' }],
    ['charts', { country: 'US', apps: [] }],
    ['charts', { country: 'us', apps: [{ id: '1' }] }],
    ['charts', { country: 'us', apps: [], updated: 5 }],
    ['charts', { country: 'us', apps: [], genre: 'social' }],
  ])('says what is wrong with %s %j', async (path, body) => {
    expect(await control(path, body)).toMatchObject({ status: 400, json: { error: expect.any(String) } });
  });
});

describe("Apple's charts", () => {
  const APPS = [
    { id: '1', name: 'Example Clips', artist: 'Example Labs' },
    { id: '2', name: 'Other', artist: 'Someone' },
  ];
  const current = async () =>
    (await feed('rss.marketingtools.apple.com/api/v2/us/apps/top-free/10/apps.json')).json.feed;
  const legacy = async () =>
    (await feed('itunes.apple.com/us/rss/topfreeapplications/limit=100/genre=6005/json')).json.feed;

  it('ranks by order, and shows a stale time as it was given', async () => {
    expect((await current()).results[0]).toMatchObject({ name: 'TikTok', id: '835599320' });
    await control('charts', { country: 'us', apps: APPS, updated: 'Mon, 26 Jan 2026 12:00:00 +0000' });
    expect(await current()).toMatchObject({
      country: 'us',
      updated: 'Mon, 26 Jan 2026 12:00:00 +0000',
      results: [{ id: '1', artistName: 'Example Labs' }, { id: '2' }],
    });
    expect((await feed('rss.marketingtools.apple.com/api/v2/us/apps/top-free/11/apps.json')).status).toBe(404);
  });

  it('has `entry` as an array, as an object for one, and not at all for none', async () => {
    for (const [apps, shape] of [
      [APPS, expect.any(Array)],
      [APPS.slice(0, 1), expect.objectContaining({ 'im:name': { label: 'Example Clips' } })],
      [[], undefined],
    ] as const) {
      await control('charts', { country: 'us', genre: 6005, apps });
      expect((await legacy()).entry).toEqual(shape);
    }
    expect(Array.isArray((await legacy()).entry)).toBe(false);
  });
});
