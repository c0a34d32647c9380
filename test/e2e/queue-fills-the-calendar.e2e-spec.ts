import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, readTarget, uploadClip } from '../support/story.js';

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly localTime?: string;
  readonly why: string;
}

describe('a queue with two weekly times', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess(sandbox.env);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  /** Its time comes now: nobody waits for a Monday. */
  const bringForward = async (targetId: string): Promise<void> => {
    const database = new pg.Client(app.databaseUrl);
    await database.connect();
    await database.query(
      `update target set scheduled_at = now() - interval '6 seconds', due_at = now() - interval '6 seconds' where id = $1`,
      [targetId],
    );
    await database.end();
  };

  it('plans evergreen posts at its wall times, and what is due is published', async () => {
    const { api } = app;
    const account = await connectAccount(api, sandbox, 'tiktok');
    const mediaId = await uploadClip(api, 'bread-timer.mp4');
    for (const caption of ['Bread, once more', 'Bread, again', 'Bread, for ever'])
      await api.ok('POST', '/v1/posts', { kind: 'evergreen', caption, mediaIds: [mediaId], tags: ['bread'] });
    await api.ok('POST', '/v1/queues', {
      name: 'Bread',
      timezone: 'America/New_York',
      accountIds: [account.id],
      slots: [1, 4].map((dayOfWeek) => ({ dayOfWeek, time: '07:45', categories: ['bread'] })),
    });
    const to = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const { items } = await api.ok<{ items: Entry[] }>('GET', `/v1/calendar?to=${to}&limit=100`);
    const planned = items.filter(({ kind }) => kind === 'target');
    expect(planned.length).toBeGreaterThanOrEqual(3);
    expect(planned.every(({ localTime }) => localTime?.endsWith('T07:45:00'))).toBe(true);

    const [first] = planned;
    await bringForward(first?.id ?? '');
    await until(async () => (await readTarget(api, first?.id ?? '')).status === 'published', 'the post');
    expect(await sandbox.posts('tiktok')).toMatchObject([{ caption: expect.stringContaining('Bread') }]);
  });
});
