import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type ConnectedAccount, connectAccount, uploadClip } from '../support/story.js';

/** The stage runs as fast as its installation: an outage of 13 s, in which a busy machine still gets its turns. */
const TIME_SCALE = '180';
const SECRET = 'words that must not leave';
const OUTAGE_SECONDS = 2_400;

interface Drill {
  readonly status: string;
  readonly problem?: { readonly text: string };
  readonly report: {
    readonly summary: string;
    readonly result: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly score: { readonly points: number };
    readonly obstacles: readonly { readonly code: string; readonly count: number }[];
    readonly played: Readonly<Record<string, number>>;
  };
}

/** Judged by the sandbox's own books, not by the report alone. */
describe('a drill on a stage', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let real: ConnectedAccount[];
  const targets: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, SANDBOX_URL: sandbox.urls.control ?? '', TIME_SCALE });
    real = [];
    for (const platform of ['tiktok', 'tiktok', 'reels']) real.push(await connectAccount(app.api, sandbox, platform));
    await app.api.ok('POST', '/v1/routes', {
      scope: 'account',
      scopeId: real[0]?.id,
      fallbacks: [real[2]?.id],
      onDegraded: 'reroute',
    });
    const mediaId = await uploadClip(app.api, 'tea-in-a-minute.mp4');
    for (let index = 0; index < 4; index += 1) {
      const post = await app.api.ok<{ targets: { id: string }[] }>('POST', '/v1/posts', {
        caption: `${SECRET} ${index}`,
        mediaIds: [mediaId],
        scheduledAt: new Date(Date.now() + 300_000 + index * 60_000).toISOString(),
        targets: [{ accountId: real[index % 2]?.id }],
      });
      targets.push(post.targets[0]?.id ?? '');
    }
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const drilled = async (): Promise<Drill> => {
    const wish = { kind: 'sandbox', platform: 'tiktok', durationSeconds: OUTAGE_SECONDS };
    const { id } = await app.api.ok<{ id: string }>('POST', '/v1/drills', wish);
    return until(
      async () => {
        const seen = await app.api.ok<Drill>('GET', `/v1/drills/${id}`);
        return !['planned', 'running'].includes(seen.status) && seen;
      },
      'the drill to end',
      180_000,
    );
  };

  it('publishes a copy of the queue, breaks and mends its platform, scores what was live, and leaves nothing', async () => {
    const { report, ...drill } = await drilled();
    expect(drill).toMatchObject({ status: 'finished' });
    expect(report.played).toMatchObject({ copied: 4, found: 4, duplicates: 0, timeScale: Number(TIME_SCALE) });
    expect(report.played.detectedAfterSeconds).toBeLessThan(OUTAGE_SECONDS);
    expect(report.played.readmittedAfterSeconds).toBeGreaterThan(0);
    expect(report.counts).toMatchObject({ moved: 2, late: 2, missed: 0 });
    expect(report.obstacles.map(({ code }) => code)).toContain('no_fallback');
    expect(report.score.points).toBeGreaterThan(0);

    const truth = await sandbox.posts();
    const places = truth
      .filter(({ liveAt }) => liveAt !== null)
      .map((post) => `${post.caption} ${post.accountExternalId}`);
    expect(places).toHaveLength(new Set(places).size);
    const on = (platform: string) => truth.filter((post) => post.platform === platform && post.liveAt !== null);
    // Two went elsewhere and were caught up on; two waited for their only account.
    expect(on('reels')).toHaveLength(2);
    expect(on('tiktok')).toHaveLength(4);
    expect(report.played.caughtUp).toBe(2);

    const ours = new Set(real.map(({ externalId }) => externalId));
    expect(truth.filter(({ accountExternalId }) => ours.has(accountExternalId))).toEqual([]);
    expect(truth.filter(({ caption }) => caption.includes(SECRET))).toEqual([]);
    expect(await sandbox.control('GET', 'faults')).toEqual([]);
    for (const id of targets)
      expect(await app.api.ok('GET', `/v1/targets/${id}`)).toMatchObject({ status: 'scheduled' });
    expect(await app.api.ok('GET', '/v1/incidents')).toMatchObject({ items: [] });
  });
});
