import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import type { StartedProcess } from '../support/processes.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';

const clip = readdirSync('seeds/clips').find((name) => name.endsWith('.mp4')) ?? '';

/** The step whose acceptance makes the post exist (`platforms.md` section 9). */
const COMMIT_STEP: Readonly<Record<string, string>> = { tiktok: 'upload', reels: 'publish', shorts: 'upload' };
const platforms = Object.keys(COMMIT_STEP);

describe('a worker killed right after the platform accepted', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  /** Who takes over from one story is killed in the next. */
  let worker: StartedProcess;
  let mediaId: string;

  const startWorker = () => app.addProcess({ ROLE: 'worker' });

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, ROLE: 'api', TIME_SCALE: '60' });
    worker = await startWorker();
    mediaId = await uploadClip(app.api, clip);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  /** Publishes once under `fault`, kills the worker at acceptance, lets another take over; answers the live copies. */
  const killAtAcceptance = async (
    platform: string,
    fault: string,
    takeOver: () => Promise<StartedProcess> = async () => {
      await worker.kill();
      return startWorker();
    },
  ) => {
    const account = await connectAccount(app.api, sandbox, platform);
    const caption = `Killed on ${platform} by ${fault} ${randomUUID()}`;
    await sandbox.addFault({ platform, step: COMMIT_STEP[platform], kind: fault, times: 1 });
    const accepted = sandbox.wait('accepted', platform);
    const [target] = await publishNow(app.api, mediaId, [account], caption);
    await accepted;
    worker = await takeOver();
    const settled = await until(async () => {
      const now = await readTarget(app.api, target?.id ?? '');
      return ['published', 'failed', 'missed', 'needs_decision'].includes(now.status) && now;
    }, `the ${platform} target to settle`);
    const posts = (await sandbox.posts(platform)).filter((post) => post.caption.includes(caption));
    return { settled, posts };
  };

  it.each(platforms)('finds the %s post live after a restart and never sends it again', async (platform) => {
    const { settled, posts } = await killAtAcceptance(platform, 'hang-after');
    expect(settled).toMatchObject({ status: 'published', late: true });
    expect(posts).toHaveLength(1);
  });

  it.each(platforms)('does the same on %s when the answer was dropped', async (platform) => {
    const { settled, posts } = await killAtAcceptance(platform, 'drop-after');
    expect(settled.status).toBe('published');
    expect(posts).toHaveLength(1);
  });

  it('lets a second worker that runs beside it take over', async () => {
    const { settled, posts } = await killAtAcceptance('tiktok', 'hang-after', async () => {
      const second = await startWorker();
      await worker.kill();
      return second;
    });
    expect(settled).toMatchObject({ status: 'published', late: true });
    expect(posts).toHaveLength(1);
  });
});
