import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, uploadClip } from '../support/story.js';

interface Series {
  readonly samples: readonly { milestoneSeconds?: number; views?: number; suspect: boolean }[];
}
interface Analytics {
  readonly total: { published: number; measured: number; views: number; suspectSamples: number };
  readonly items: readonly { key: string; views: number }[];
}

describe('what the audience did', () => {
  let sandbox: TestSandbox;
  let app: TestApp;

  beforeAll(async () => {
    sandbox = await startSandbox();
    // An hour of age takes 6 s.
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '600', METRICS_ENABLED: 'true' });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  it('is read from each platform by age, and answered as a series, in totals and as CSV', async () => {
    await sandbox.control('POST', 'settings', { reelsInsightsLagMs: 0 });
    const names = ['tiktok', 'reels', 'shorts'];
    const accounts = await Promise.all(names.map((name) => connectAccount(app.api, sandbox, name)));
    const mediaId = await uploadClip(app.api, 'tea-in-a-minute.mp4');
    const targets = await publishNow(app.api, mediaId, accounts, 'Counted #tea');
    for (const { id } of targets) {
      const series = await until(async () => {
        const seen = await app.api.ok<Series>('GET', `/v1/targets/${id}/metrics`);
        return seen.samples.some(({ views }) => views !== undefined) && seen;
      }, 'the first sample');
      expect(series.samples).toEqual(series.samples.map(() => expect.objectContaining({ suspect: false })));
    }
    const analytics = await app.api.ok<Analytics>('GET', '/v1/analytics?groupBy=platform');
    expect(analytics.total).toMatchObject({ published: 3, measured: 3, suspectSamples: 0 });
    expect(analytics.items.map(({ key }) => key).sort()).toEqual([...names].sort());
    expect(analytics.total.views).toBe(analytics.items.reduce((sum, { views }) => sum + views, 0));
    const csv = await app.api.call<string>('GET', '/v1/analytics?groupBy=platform', undefined, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.body.split('\r\n').map((line) => line.split(',')[0])).toEqual(expect.arrayContaining(['key', ...names]));
  });

  it('refuses a span that is empty or longer than a year', async () => {
    const answer = await app.api.call('GET', '/v1/analytics?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z');
    expect(answer).toMatchObject({ status: 400, body: { code: 'analytics.bad_span' } });
  });
});
