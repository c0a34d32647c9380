import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInFeeds, relocated } from '../../src/health/domain/feeds/built-in-feeds.js';
import type { FeedDraft } from '../../src/health/domain/feeds/feed.js';
import { readFeed } from '../../src/health/domain/feeds/read-feed.js';
import { GuardedFeedDoor } from '../../src/health/infrastructure/feeds/guarded-feed-door.js';
import { chartUrl, rankOf, readChart } from '../../src/incidents/domain/radar/app-chart.js';
import { firehosePost, timeUsOf } from '../../src/incidents/domain/radar/firehose-event.js';
import { JetstreamClient } from '../../src/incidents/infrastructure/radar/jetstream.client.js';
import { sandboxEnv } from '../../src/sandbox/sandbox-env.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { postJson } from './sandbox-wire.js';

/** Our readers against the pages of strangers, as the sandbox plays them. */
let sandbox: Sandbox;
const door = new GuardedFeedDoor({ allow: ['127.0.0.1/32'] });
beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false });
});
afterAll(async () => {
  await door.onApplicationShutdown();
  await sandbox.stop();
});
afterEach(() => control('reset'));

const control = async (path: string, body: unknown = {}) => {
  const answer = await postJson(`${sandbox.urls.control}/__sim/${path}`, body);
  expect(answer.status).toBe(200);
  return answer.json;
};
const read = async (feed: Pick<FeedDraft, 'url' | 'format' | 'service' | 'leastSeverity'>) => {
  const answer = await door.read(feed);
  if (answer.kind !== 'document') throw new Error(JSON.stringify(answer));
  return readFeed(feed, answer, new Date());
};

describe('a built-in feed', () => {
  const TROUBLE: Readonly<Record<string, { feed: string; service: string }>> = {
    'meta-graph-api': { feed: 'meta', service: 'graph-api' },
    'meta-facebook-login': { feed: 'meta', service: 'facebook-login' },
    'google-identity': { feed: 'google-cloud', service: 'Identity' },
    bluesky: { feed: 'bluesky', service: 'AppView' },
    discord: { feed: 'discord', service: 'API' },
  };
  const all = () => builtInFeeds({ chosen: ['all'], everySeconds: 300, origin: sandbox.urls.feeds });

  it('is one of these', () => {
    expect(all().map(({ name }) => name)).toEqual(Object.keys(TROUBLE));
  });

  it.each(Object.keys(TROUBLE))('turns red with the page of %s, says why, and turns green with it', async (name) => {
    const feed = all().find((one) => one.name === name) as FeedDraft;
    const trouble = { ...TROUBLE[name], text: 'Posts fail & wait' };
    expect(await read(feed)).toEqual({ verdict: 'green' });
    await control('feeds', { ...trouble, severity: 'critical' });
    const told = await read(feed);
    expect(told).toMatchObject({ verdict: 'red', news: [{ severity: name === 'bluesky' ? 'major' : 'critical' }] });
    if (name !== 'bluesky') expect(JSON.stringify(told)).toContain('Posts fail & wait');
    await control('feeds', { ...trouble, severity: 'none' });
    expect(await read(feed)).toEqual({ verdict: 'green' });
  });

  it('is not sent again while it is the same', async () => {
    const { url } = all().find(({ name }) => name === 'discord') as FeedDraft;
    const first = await door.read({ url });
    const etag = first.kind === 'document' ? first.etag : undefined;
    expect(await door.read({ url, etag })).toEqual({ kind: 'unchanged' });
  });

  it('is unknown where the page is gone: Meta answers with a page of HTML and status 200', async () => {
    const url = relocated('https://metastatus.com/outage-events-feed-instagram.rss', sandbox.urls.feeds);
    expect(await read({ url, format: 'rss', leastSeverity: 'minor' })).toMatchObject({ verdict: 'unknown' });
  });

  it('reads Meta by its list of services too', async () => {
    const url = relocated('https://metastatus.com/data/orgs.json', sandbox.urls.feeds);
    const feed = { url, format: 'meta', service: 'graph-api', leastSeverity: 'minor' } as const;
    expect(await read(feed)).toEqual({ verdict: 'green' });
    await control('feeds', { feed: 'meta', service: 'graph-api', severity: 'minor' });
    expect(await read(feed)).toMatchObject({ verdict: 'red', news: [{ severity: 'minor' }] });
  });
});

describe("Apple's charts", () => {
  const APPS = [
    { id: '1', name: 'Example Clips', artist: 'Example Labs' },
    { id: '2', name: 'UpScrolled', artist: 'Recursive' },
  ];
  it.each([undefined, 6005])('give ranks, whichever generation of the feed has them (genre %s)', async (genre) => {
    await control('charts', { country: 'us', apps: APPS, ...(genre ? { genre } : {}) });
    const subject = { kind: 'app_rank', country: 'us', ...(genre ? { genre } : {}) } as const;
    const answer = await door.read({ url: relocated(chartUrl(subject), sandbox.urls.feeds) });
    const chart = readChart(answer.kind === 'document' ? answer.body : '') ?? [];
    expect(rankOf(chart, { ...subject, appId: '2' })).toBe(2);
    expect(rankOf(chart, { ...subject, appName: 'example clips' })).toBe(1);
    expect(rankOf(chart, { ...subject, appId: '9' })).toBeNull();
  });
});

describe('the stream of posts', () => {
  const client = (silenceMs?: number) =>
    new JetstreamClient(sandboxEnv(sandbox.urls)['JETSTREAM_URL'] ?? '', silenceMs);
  const quiet = { turnMs: 60_000, onTurn: async () => true };

  /** Listens until so many messages have come. */
  const hear = async (count: number, fromUs?: number) => {
    const heard: string[] = [];
    const leaving = new AbortController();
    const onMessage = (raw: string) => {
      heard.push(raw);
      if (heard.length === count) leaving.abort();
    };
    const order = { fromUs, signal: leaving.signal, onMessage, ...quiet };
    const listening = client().listen(order);
    return { heard, listening, leaving };
  };
  const untilListened = async () => {
    for (;;) if ((await control('firehose', { text: 'hello', times: 1 })).listeners > 0) return;
  };

  it('brings posts as they are written', async () => {
    const { heard, listening } = await hear(5);
    await untilListened();
    await control('firehose', { text: 'is tiktok down?', times: 5 });
    expect(await listening).toMatchObject({ why: 'asked to stop' });
    expect(heard.map(firehosePost)).toContainEqual({
      timeUs: expect.any(Number),
      author: expect.stringMatching(/^did:plc:/),
      text: 'is tiktok down?',
    });
  });

  it('goes on from where it was left after the connection broke', async () => {
    const first = await hear(Infinity);
    await untilListened();
    await control('firehose', { text: 'before', times: 2 });
    while (first.heard.filter((raw) => raw.includes('before')).length < 2) await new Promise(setImmediate);
    await control('firehose', { cut: true });
    expect((await first.listening).why).toMatch(/^closed|^no connection/);
    await control('firehose', { text: 'while away', times: 3 });
    const lastUs = timeUsOf(first.heard.at(-1) ?? '') ?? 0;
    const second = await hear(4, lastUs);
    await second.listening;
    expect(second.heard.map((raw) => firehosePost(raw)?.text)).toEqual(['before', ...Array(3).fill('while away')]);
  });

  it('is left when it falls silent, when a turn says so, and when there is nobody', async () => {
    const order = { fromUs: undefined, signal: new AbortController().signal, onMessage: () => undefined };
    expect(await client(50).listen({ ...order, ...quiet })).toEqual({ messages: 0, why: 'it fell silent' });
    const turn = { turnMs: 10, onTurn: async () => false };
    expect(await client().listen({ ...order, ...turn })).toEqual({ messages: 0, why: 'nobody listens' });
    const nobody = new JetstreamClient('ws://127.0.0.1:1/subscribe');
    expect(await nobody.listen({ ...order, ...quiet })).toEqual({ messages: 0, why: 'no connection' });
  });
});
