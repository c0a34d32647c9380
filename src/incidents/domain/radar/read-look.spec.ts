import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { chartUrl, rankOf, readChart } from './app-chart.js';
import type { RadarSubject } from './radar-watch.js';
import type { KnownWatch } from './radar.ports.js';
import { readLook } from './read-look.js';

const NOW = new Date('2026-01-26T12:20:00Z');
const APPS = [
  { id: '1', name: 'Example Clips', artistName: 'Example Labs' },
  { id: '2', name: 'Up-Scrolled: video!', artistName: 'Recursive Methods' },
];
const current = (results: unknown = APPS) => JSON.stringify({ feed: { title: 'Top Free Apps', results } });
const legacy = (entry?: unknown) =>
  JSON.stringify({ feed: { title: { label: 't' }, updated: { label: 'u' }, ...(entry ? { entry } : {}) } });
const entry = (id: string, name: string) => ({
  'im:name': { label: name },
  'im:artist': { label: 'A' },
  id: { label: 'https://x', attributes: { 'im:id': id } },
});

const watching = (subject: RadarSubject, more: Partial<KnownWatch> = {}): KnownWatch => ({
  id: 'w',
  title: 't',
  subject,
  createdAt: NOW,
  memory: {},
  failures: 0,
  ...more,
});
const document = (body: string) => ({ kind: 'document', contentType: '', body, etag: '"2"' }) as const;

describe('the App Store’s charts', () => {
  it('give the rank by number, or by name and artist without their ornaments', () => {
    const chart = readChart(current()) ?? [];
    const of = { kind: 'app_rank', country: 'us' } as const;
    expect(rankOf(chart, { ...of, appId: '2' })).toBe(2);
    expect(rankOf(chart, { ...of, appName: 'upscrolled video', artist: 'recursive methods' })).toBe(2);
    expect(rankOf(chart, { ...of, appName: 'upscrolled video', artist: 'someone else' })).toBeNull();
    expect(rankOf(chart, { ...of, appId: '9' })).toBeNull();
  });

  it('have entries as a list, as one object, or not at all in the older feed', () => {
    expect(readChart(legacy([entry('7', 'x'), entry('8', 'y')]))?.map(({ id }) => id)).toEqual(['7', '8']);
    expect(readChart(legacy(entry('7', 'x')))).toMatchObject([{ rank: 1, id: '7', name: 'x', artist: 'A' }]);
    expect(readChart(legacy())).toEqual([]);
  });

  it.each(['', '<html>', '[]', '{"feed":7}', '{"feed":{}}', 'null'])('are not %j', (body) => {
    expect(readChart(body)).toBeUndefined();
  });

  it('are asked for where they are: the overall one, or one of a genre', () => {
    expect(chartUrl({ country: 'de' })).toBe(
      'https://rss.marketingtools.apple.com/api/v2/de/apps/top-free/100/apps.json',
    );
    expect(chartUrl({ country: 'us', genre: 6005 })).toBe(
      'https://itunes.apple.com/us/rss/topfreeapplications/limit=100/genre=6005/json',
    );
  });
});

describe('a look at a chart', () => {
  const subject = { kind: 'app_rank', country: 'us', appId: '2' } as const;

  it('gives the rank and remembers it', () => {
    expect(readLook(watching(subject), document(current()), NOW)).toEqual({
      rank: 2,
      memory: { etag: '"2"', rank: 2 },
    });
  });

  it('gives the same rank again while the chart does not change', () => {
    const memory = { etag: '"2"', rank: null };
    expect(readLook(watching(subject, { memory }), { kind: 'unchanged' }, NOW)).toEqual({ rank: null, memory });
  });

  it('gives no rank, and asks for the whole chart next, when it failed or was none', () => {
    const known = watching(subject, { memory: { etag: '"2"', rank: 5 } });
    const lost = readLook(known, { kind: 'failed', why: 'It answered 403.' }, NOW);
    expect(lost).toEqual({ error: 'It answered 403.', memory: { rank: 5 } });
    expect(readLook(known, document('<html>'), NOW)).toEqual({
      error: 'It is no App Store chart.',
      memory: { rank: 5 },
    });
  });
});

describe('a look at an RSS feed', () => {
  const subject = { kind: 'mentions', from: 'rss', names: ['tiktok'], troubles: ['down'] } as const;
  const feed = (...titles: string[]) =>
    document(`<rss><channel>${titles.map((title) => `<item><title>${title}</title></item>`).join('')}</channel></rss>`);
  const before = (titles: readonly string[], more: Partial<KnownWatch> = {}) => {
    const { memory } = readLook(watching(subject), feed(...titles), NOW);
    return watching(subject, { memory, lookedAt: plusMs(NOW, -30 * MINUTE_MS), ...more });
  };
  const hourAt = new Date('2026-01-26T12:00:00Z');
  const before12 = new Date('2026-01-26T11:00:00Z');
  const covers = [
    { hourAt: before12, seconds: 10 * 60 },
    { hourAt, seconds: 20 * 60 },
  ];

  it('only learns what is old the first time', () => {
    expect(readLook(watching(subject), feed('TikTok down'), NOW)).toEqual({
      memory: { etag: '"2"', seen: [expect.any(String)] },
    });
  });

  it('counts new items that say it, each once, and the time it knows of', () => {
    const look = readLook(before(['TikTok down']), feed('Is TikTok DOWN?', 'TikTok is fun', 'TikTok down'), NOW);
    expect(look.heard).toEqual({
      counts: [{ watchId: 'w', hourAt, count: 1 }],
      covers,
    });
  });

  it('counts an item in the hour it names, as long as it was listened to', () => {
    const dated = (date: string) =>
      document(`<rss><item><title>TikTok down</title><pubDate>${date}</pubDate></item></rss>`);
    const hourIn = (date: string) => readLook(before([]), dated(date), NOW).heard?.counts[0]?.hourAt;
    expect(hourIn('Mon, 26 Jan 2026 11:55:00 GMT')).toEqual(before12);
    expect(hourIn('Mon, 26 Jan 2026 03:00:00 GMT')).toEqual(hourAt);
    expect(hourIn('Mon, 26 Jan 2027 03:00:00 GMT')).toEqual(hourAt);
  });

  it('remembers items by names that can be stored, whatever the feed calls them', () => {
    const odd = document('<rss><item><guid>a\u0000&#xD800;</guid><title>x</title></item></rss>');
    expect(JSON.stringify(readLook(watching(subject), odd, NOW).memory)).toMatch(/^[\w\s{}[\]":,\\-]+$/);
  });

  it('counts nothing after a failure: nobody knows when something came', () => {
    expect(readLook(before([], { failures: 1 }), feed('TikTok down'), NOW).heard).toBeUndefined();
  });

  it('has heard a quiet hour when nothing changed', () => {
    expect(readLook(before(['x']), { kind: 'unchanged' }, NOW).heard).toEqual({
      counts: [],
      covers,
    });
  });
});
