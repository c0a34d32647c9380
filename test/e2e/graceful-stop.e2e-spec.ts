import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import type { StartedProcess } from '../support/processes.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type ConnectedAccount, connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

const STOPS_WITHIN_MS = 20_000;
const IN_FLIGHT = 2;

describe('a worker that is told to stop', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let accounts: ConnectedAccount[];
  let mediaId: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, ROLE: 'api', TIME_SCALE: '60' });
    accounts = [];
    for (let i = 0; i < 8; i += 1) accounts.push(await connectAccount(app.api, sandbox, 'tiktok'));
    mediaId = await uploadClip(app.api, 'bread-timer.mp4');
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const stopTimed = async (worker: StartedProcess) => {
    const before = Date.now();
    const code = await worker.stop();
    return { code, tookMs: Date.now() - before };
  };
  const allPublished = (ids: readonly string[], what: string, timeoutMs?: number) =>
    until(
      async () => {
        const targets = await Promise.all(ids.map((id) => readTarget(app.api, id)));
        return targets.every(({ status }) => status === 'published') && targets;
      },
      what,
      timeoutMs,
    );
  const publish = async (caption: string, on: readonly ConnectedAccount[] = accounts) =>
    (await publishNow(app.api, mediaId, on, caption)).map(({ id }) => id);
  const copies = async (caption: string) =>
    (await sandbox.posts('tiktok')).filter((post) => post.caption.includes(caption)).length;

  it('ends its running calls; what waits for a turn and what comes due goes to the other worker at once', async () => {
    await sandbox.addFault({ platform: 'tiktok', step: 'upload', kind: 'slow', delayMs: 8_000 });
    const stopping = await app.addProcess({ ROLE: 'worker', PUBLISH_CONCURRENCY: String(IN_FLIGHT) });
    const load = await publish('Under load #stop');
    await until(async () => {
      const seen = await Promise.all(load.map((id) => readTarget(app.api, id)));
      return seen.every(({ status }) => status === 'publishing');
    }, 'all intents');
    const other = await app.addProcess({ ROLE: 'worker' });
    await sandbox.clearFaults();
    const stopped = stopTimed(stopping);
    const meanwhile = await publish('Meanwhile #stop', accounts.slice(6));
    const before = Date.now();
    await allPublished(meanwhile, 'what came due meanwhile');
    // The calls of the one that stops still run.
    expect(Date.now() - before).toBeLessThan(5_000);
    const { code, tookMs } = await stopped;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
    await allPublished(load, 'the load');
    expect(await other.stop()).toBe(0);
    expect(await copies('Under load')).toBe(load.length);
    expect(await copies('Meanwhile')).toBe(meanwhile.length);
  });

  it('leaves a call that does not end to the other one, which finds the post and sends no second', async () => {
    await sandbox.clearFaults();
    await sandbox.addFault({ platform: 'tiktok', step: 'upload', kind: 'hang-after', times: 1 });
    const stopping = await app.addProcess({ ROLE: 'worker' });
    const accepted = sandbox.wait('accepted', 'tiktok');
    const hanging = await publish('Hanging #stop', accounts.slice(0, 1));
    await accepted;
    await app.addProcess({ ROLE: 'worker' });
    const { code, tookMs } = await stopTimed(stopping);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
    await allPublished(hanging, 'the call that was left', 60_000);
    expect(await copies('Hanging')).toBe(1);
  });

  it('goes in time while the database is away', async () => {
    const direct = new URL(app.databaseUrl);
    const proxy = await startTcpProxy(Number(direct.port), direct.hostname);
    direct.port = String(proxy.port);
    const cutOff = await app.addProcess({ ROLE: 'worker', DATABASE_URL: direct.href });
    proxy.cut();
    expect((await stopTimed(cutOff)).tookMs).toBeLessThan(STOPS_WITHIN_MS);
    await proxy.stop();
  });
});
