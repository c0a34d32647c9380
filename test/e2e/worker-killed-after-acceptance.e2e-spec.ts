import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';

const clip = readdirSync('seeds/clips').find((name) => name.endsWith('.mp4')) ?? '';

/** The step whose acceptance makes the post exist (`platforms.md` section 9). */
const COMMIT_STEP: Readonly<Record<string, string>> = { tiktok: 'upload', reels: 'publish', shorts: 'upload' };
const platforms = Object.keys(COMMIT_STEP);

describe('a worker killed right after the platform accepted', () => {
  let sandbox: TestSandbox;
  let app: TestApp;

  beforeAll(async () => {
    sandbox = await startSandbox();
  }, 60_000);
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    await sandbox.control('POST', 'reset');
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '60' });
  }, 60_000);
  afterEach(() => app.stop(), 60_000);

  /** Publishes once under `fault`, kills the worker at acceptance, lets `next` take over; answers the live copies. */
  const killAtAcceptance = async (
    platform: string,
    fault: string,
    before: () => Promise<void> = async () => undefined,
  ) => {
    const account = await connectAccount(app.api, sandbox, platform);
    const mediaId = await uploadClip(app.api, clip);
    await sandbox.addFault({ platform, step: COMMIT_STEP[platform], kind: fault, times: 1 });
    const accepted = sandbox.wait('accepted', platform);
    const [target] = await publishNow(app.api, mediaId, [account], `Killed on ${platform} #story`);
    await accepted;
    await before();
    await app.main.kill();
    await app.addProcess({ PORT: new URL(app.api.url).port });
    const settled = await until(async () => {
      const now = await readTarget(app.api, target?.id ?? '').catch(() => undefined);
      return now && ['published', 'failed', 'missed', 'needs_decision'].includes(now.status) && now;
    }, `the ${platform} target to settle`);
    return { settled, posts: await sandbox.posts(platform) };
  };

  it.each(platforms)(
    'finds the %s post live after a restart and never sends it again',
    async (platform) => {
      const { settled, posts } = await killAtAcceptance(platform, 'hang-after');
      expect(settled).toMatchObject({ status: 'published', late: true });
      expect(posts).toHaveLength(1);
    },
    90_000,
  );

  it.each(platforms)(
    'does the same on %s when the answer was dropped',
    async (platform) => {
      const { settled, posts } = await killAtAcceptance(platform, 'drop-after');
      expect(settled.status).toBe('published');
      expect(posts).toHaveLength(1);
    },
    90_000,
  );

  it('lets a second worker take over while the first is gone', async () => {
    const { settled, posts } = await killAtAcceptance('tiktok', 'hang-after', async () => {
      await app.addProcess({ ROLE: 'worker' });
    });
    expect(settled).toMatchObject({ status: 'published', late: true });
    expect(posts).toHaveLength(1);
  }, 90_000);
});
