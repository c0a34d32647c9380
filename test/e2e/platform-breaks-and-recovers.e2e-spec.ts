import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox, type TruthPost } from '../support/sandbox.js';
import { type ConnectedAccount, connectAccount, uploadClip } from '../support/story.js';

/** An hour of waiting takes ten seconds. */
const TIME_SCALE = 360;
const BEFORE = ['before 1', 'before 2'];
const DURING = ['during 1', 'during 2', 'during 3'];
/** Their account has nowhere else to go. */
const WAITING = ['waiting 1', 'waiting 2'];

interface Moved {
  readonly id: string;
  readonly status: string;
  readonly role: string;
  readonly accountId: string;
}

/** Judged by what the platforms show, not by what we believe. */
describe('a platform breaks and recovers', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let tiktok: ConnectedAccount;
  let alone: ConnectedAccount;
  let fallbacks: ConnectedAccount[];
  const posts: Record<string, string> = {};

  beforeAll(async () => {
    sandbox = await startSandbox();
    const fast = { TIME_SCALE: String(TIME_SCALE), PROBES_ENABLED: 'true', PROBE_INTERVAL_SECONDS: '1' };
    app = await startAppProcess({ ...sandbox.env, ...fast });
    tiktok = await connectAccount(app.api, sandbox, 'tiktok');
    alone = await connectAccount(app.api, sandbox, 'tiktok');
    const [one, other] = [
      await connectAccount(app.api, sandbox, 'shorts'),
      await connectAccount(app.api, sandbox, 'shorts'),
    ];
    fallbacks = [one, other];
    const discord = await connectAccount(app.api, sandbox, 'discord');
    await app.api.ok('POST', '/v1/routes', {
      scope: 'account',
      scopeId: tiktok.id,
      onDegraded: 'reroute',
      fallbacks: fallbacks.map(({ id }) => id),
      announce: [discord.id],
    });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const schedule = async (mediaId: string, caption: string, atMs: number, account = tiktok) => {
    const body = {
      caption,
      mediaIds: [mediaId],
      scheduledAt: new Date(atMs).toISOString(),
      targets: [{ accountId: account.id }],
    };
    posts[caption] = (await app.api.ok<{ id: string }>('POST', '/v1/posts', body)).id;
  };
  const liveOn = (truth: readonly TruthPost[], account: ConnectedAccount) =>
    truth.filter((post) => post.accountExternalId === account.externalId && post.liveAt !== null);
  const captionsOn = async (...accounts: readonly ConnectedAccount[]) => {
    const truth = await sandbox.posts();
    return accounts.flatMap((account) => liveOn(truth, account).map(({ caption }) => caption)).toSorted();
  };
  const hasAll = (seen: readonly string[], wanted: readonly string[]) =>
    wanted.every((caption) => seen.includes(caption));
  const targetsOf = async (caption: string) =>
    (await app.api.ok<{ targets: Moved[] }>('GET', `/v1/posts/${posts[caption]}`)).targets;

  it('moves what is due, spread over the fallbacks, and comes back at its pace: each post once per account', async () => {
    const mediaId = await uploadClip(app.api, 'bread-timer.mp4');
    const startMs = Date.now() + 500;
    for (const [index, caption] of BEFORE.entries()) await schedule(mediaId, caption, startMs + index * 200);
    await until(async () => hasAll(await captionsOn(tiktok), BEFORE), 'the first posts on TikTok');

    await sandbox.addFault({ platform: 'tiktok', kind: 'error-before', code: 503 });
    const brokenMs = Date.now();
    for (const [index, caption] of DURING.entries()) await schedule(mediaId, caption, brokenMs + 300 + index * 200);
    for (const [index, caption] of WAITING.entries())
      await schedule(mediaId, caption, brokenMs + 400 + index * 200, alone);
    await until(async () => hasAll(await captionsOn(...fallbacks), DURING), 'the due posts elsewhere');
    for (const caption of WAITING)
      await until(async () => (await targetsOf(caption))[0]?.status === 'held', `${caption} to wait`);
    expect(await captionsOn(tiktok)).toEqual(BEFORE);
    const [one, other] = await Promise.all(fallbacks.map((account) => captionsOn(account)));
    // The first takes one, and more only after ten minutes of the outage's own time: the second has its share.
    expect([one?.length, other?.length].toSorted()).not.toEqual([0, DURING.length]);
    expect([...(one ?? []), ...(other ?? [])].toSorted()).toEqual(DURING);
    for (const caption of DURING) {
      const [origin] = await targetsOf(caption);
      const { items } = await app.api.ok<{ items: { to: string; reasons: { text: string }[] }[] }>(
        'GET',
        `/v1/targets/${origin?.id}/events`,
      );
      const reasons = items.find(({ to }) => to === 'rerouted')?.reasons ?? [];
      expect(reasons.length).toBeGreaterThan(1);
      for (const { text } of reasons) expect(text).toMatch(/^\S.*\.$/s);
    }

    const healedMs = Date.now();
    await sandbox.clearFaults();
    await until(async () => hasAll(await captionsOn(tiktok), DURING), 'the catch-ups on TikTok', 40_000);
    await until(async () => hasAll(await captionsOn(alone), WAITING), 'the posts that waited');
    const truth = await sandbox.posts();
    for (const account of [tiktok, alone, ...fallbacks]) {
      const captions = liveOn(truth, account).map(({ caption }) => caption);
      expect(captions).toHaveLength(new Set(captions).size);
    }
    const later = [...liveOn(truth, tiktok).filter(({ caption }) => DURING.includes(caption)), ...liveOn(truth, alone)];
    for (const { liveAt } of later) expect(Date.parse(liveAt ?? '')).toBeGreaterThan(healedMs);
    const back = liveOn(truth, tiktok)
      .filter(({ caption }) => DURING.includes(caption))
      .map(({ liveAt }) => Date.parse(liveAt ?? ''))
      .toSorted((a, b) => a - b);
    // 1.2 times its usual hour of five posts, evenly: 1.7 s of this clock lie between two; processing differs a little.
    const gaps = back.slice(1).map((at, index) => at - (back[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(1_000);
    const ended = ['catch_up published', 'origin rerouted', 'reroute published'].join();
    for (const caption of DURING)
      await until(async () => {
        const targets = await targetsOf(caption);
        return (
          targets
            .map(({ role, status }) => `${role} ${status}`)
            .toSorted()
            .join() === ended
        );
      }, `both copies of ${caption} to be known`);
    const said = await until(async () => {
      const messages = (await sandbox.posts('discord')).map(({ caption }) => caption);
      return messages.length >= DURING.length && messages;
    }, 'a message for each moved post');
    const quoted = said.map((text) => /“(.*)” is here:\n.*https:\/\/\S+$/.exec(text)?.[1]);
    expect(quoted.toSorted()).toEqual(DURING);
  });
});
