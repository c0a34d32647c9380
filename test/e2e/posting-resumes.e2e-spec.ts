import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, uploadClip } from '../support/story.js';

const TWO_HOURS_MS = 7_200_000;
/** TikTok takes so many inits a minute and account (`platforms.md` 1.9). */
const INITS_PER_MINUTE = 6;

const MINUTE_MS = 60_000;
/** An instant with most of its minute before it: all that is due then meets one minute's quota, and can be looked at. */
const early = (at: Date): Date => {
  const intoMinuteMs = at.getTime() % MINUTE_MS;
  return intoMinuteMs < MINUTE_MS / 2 ? at : new Date(at.getTime() - intoMinuteMs + MINUTE_MS);
};

interface Target {
  readonly id: string;
  readonly status: string;
  readonly holdReason?: string;
  readonly holdUntil?: string;
}

describe('what an account cannot do now', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let mediaId: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '60' });
    mediaId = await uploadClip(app.api, 'tea-in-a-minute.mp4');
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const read = (id: string) => app.api.ok<Target>('GET', `/v1/targets/${id}`);
  const isNow = (id: string, status: string) =>
    until(async () => (await read(id)).status === status && read(id), `${id} to be ${status}`);
  const sql = async (text: string, parameters: readonly unknown[]) => {
    const client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
    await client.query(text, [...parameters]).finally(() => client.end());
  };

  it('waits while the token endpoint is down for a day, and goes out by itself afterwards', async () => {
    const account = await connectAccount(app.api, sandbox, 'tiktok');
    await sandbox.addFault({ platform: 'tiktok', step: 'oauth', kind: 'error-before', code: 503 });
    const id = (await publishAfter(TWO_HOURS_MS, account))[0]?.id ?? '';
    expect(await isNow(id, 'held')).toMatchObject({ holdReason: 'account' });
    for (let passed = 2; passed < 24; passed += 2) await sandbox.control('POST', 'clock', { advanceMs: TWO_HOURS_MS });
    expect(await app.api.ok('GET', `/v1/accounts/${account.id}`)).toMatchObject({ status: 'active' });
    await sandbox.clearFaults();
    await isNow(id, 'published');
    expect(await app.api.ok('GET', `/v1/accounts/${account.id}`)).toMatchObject({ status: 'active' });
  });

  /** Publishes when the token has ended, as the platform and we both know. */
  const publishAfter = async (ms: number, account: Awaited<ReturnType<typeof connectAccount>>) => {
    await sandbox.control('POST', 'clock', { advanceMs: ms + 1_000 });
    await sql(`update account set token_expires_at = now() where id = $1`, [account.id]);
    return publishNow(app.api, mediaId, [account], 'After the token ended');
  };

  it('is held for its quota with the instant of the next place, and the health of the account says so', async () => {
    const account = await connectAccount(app.api, sandbox, 'tiktok');
    const at = early(new Date(Date.now() + 3_000)).toISOString();
    const made: { targets: readonly Target[] }[] = [];
    for (let post = 0; post <= INITS_PER_MINUTE; post += 1) {
      const body = {
        caption: `Post ${post}`,
        mediaIds: [mediaId],
        scheduledAt: at,
        targets: [{ accountId: account.id }],
      };
      made.push(await app.api.ok('POST', '/v1/posts', body));
    }
    const ids = made.flatMap(({ targets }) => targets.map(({ id }) => id));
    const held = await until(
      async () => (await Promise.all(ids.map(read))).find(({ holdReason }) => holdReason === 'quota'),
      'one target to be held',
    );
    expect(new Date(held.holdUntil ?? 0).getUTCSeconds()).toBe(0);
    // Before the next minute gives the held one its place too.
    const health = await app.api.ok<{ quotas: { kind: string; used: number }[] }>(
      'GET',
      `/v1/accounts/${account.id}/health`,
    );
    expect(health.quotas.find(({ kind }) => kind === 'publish')?.used).toBe(INITS_PER_MINUTE);
    const others = ids.filter((id) => id !== held.id);
    await Promise.all(others.map((id) => isNow(id, 'published')));
    await app.api.ok('POST', `/v1/targets/${held.id}/cancel`, {}).catch(() => undefined);
  });
});
