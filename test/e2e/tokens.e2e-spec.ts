import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RefreshDueAccounts } from '../../src/accounts/application/refresh-due-accounts.js';
import { AccountsModule, RefreshCredentials, TokenVault } from '../../src/accounts/index.js';
import { parseEnv } from '../../src/infra/config/env.schema.js';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { PlatformRegistry, PlatformsModule } from '../../src/platforms/index.js';
import { platformsConfigOf } from '../../src/platforms-config.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';

const HOUR_MS = 3_600_000;

describe('tokens, with the real adapters against the sandbox', () => {
  let sandbox: TestSandbox;
  let db: TestDatabase;
  /** Two processes of one installation. */
  let workers: readonly [PartialApp, PartialApp];
  let key: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    db = await createTestDatabase();
    const box = new SecretBox(`k:${randomBytes(32).toString('base64')}`);
    const worker = () =>
      startPartialApp(db, {
        imports: [PlatformsModule.forRoot(platformsConfigOf(parseEnv(sandbox.env))), AccountsModule],
        replace: new Map([[SecretBox, box]]),
      });
    workers = [await worker(), await worker()];
    key = (await workers[0].app.get(BootstrapWorkspace).execute()).apiKey ?? '';
  });
  afterAll(async () => {
    for (const worker of workers) await worker.stop();
    await db.drop();
    await sandbox.stop();
  });
  beforeEach(async () => {
    await sandbox.control('POST', 'reset');
    await db.database.affected(`update account set status = 'disconnected', cred_enc = null`);
  });

  const connect = async (platform: string): Promise<string> => {
    const { credentials } = await sandbox.createAccount(platform);
    const body = { platform, credentials };
    const answer = await workers[0].send({ method: 'POST', path: '/v1/accounts', key, body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const refreshBy = (worker: number, id: string, seenVersion?: number) =>
    workers[worker]!.app.get(RefreshCredentials).execute(id, seenVersion);
  const tokenCalls = async (): Promise<number> =>
    (await sandbox.control<{ tiktok?: { oauth?: number } }>('GET', 'calls')).tiktok?.oauth ?? 0;
  const statusOf = async (id: string) =>
    (await db.database.row<{ status: string }>('select status from account where id = $1', [id]))?.status;
  /** Our side of a jump of the sandbox's clock: everything we noted lies so much longer ago. */
  const pass = async (ms: number) => {
    await sandbox.control('POST', 'clock', { advanceMs: ms });
    await db.database.affected(
      `update account set token_expires_at = token_expires_at - $1 * interval '1 ms',
              invalid_grant_at = invalid_grant_at - $1 * interval '1 ms',
              refresh_tried_at = refresh_tried_at - $1 * interval '1 ms'`,
      [ms],
    );
  };
  /** Whether the platform takes the token we keep. */
  const works = async (id: string): Promise<boolean> => {
    const access = await workers[1].app.get(TokenVault).contextOf(id);
    const platform = workers[1].app.get(PlatformRegistry).get('tiktok');
    const answer = await platform.connect(access?.credentials ?? {}, AbortSignal.timeout(10_000));
    return answer.kind === 'connected';
  };
  const loseNextAnswer = () => sandbox.addFault({ platform: 'tiktok', step: 'oauth', kind: 'drop-after', times: 1 });
  const eventsOf = (id: string) =>
    db.database.rows<{ type: string }>(`select type from event where subject_id = $1 order by id`, [id]);

  it('two workers that refresh one account at once make one call and both end with the new token', async () => {
    const id = await connect('tiktok');
    const before = await tokenCalls();
    const seen = (await workers[0].app.get(TokenVault).contextOf(id))?.tokenVersion;
    const results = await Promise.all([0, 1, 0, 1].map((worker) => refreshBy(worker, id, seen)));
    expect(results.toSorted()).toEqual(['moved', 'moved', 'moved', 'refreshed']);
    expect((await tokenCalls()) - before).toBe(1);
    expect(await works(id)).toBe(true);
  });

  it('an answer that is lost costs no reconnect where the platform keeps the old refresh token alive', async () => {
    await sandbox.control('POST', 'settings', { tiktokKeepOldRefreshToken: true });
    const id = await connect('tiktok');
    await loseNextAnswer();
    expect(await refreshBy(0, id)).toBe('unavailable');
    expect(await refreshBy(1, id)).toBe('refreshed');
    expect(await statusOf(id)).toBe('active');
    await pass(2 * HOUR_MS + 1_000);
    expect(await works(id)).toBe(false);
    expect(await refreshBy(1, id)).toBe('refreshed');
    expect(await works(id)).toBe(true);
  });

  it('where rotation has killed the old one, the account publishes on and only the second refusal asks for a reconnect', async () => {
    const id = await connect('tiktok');
    await loseNextAnswer();
    expect(await refreshBy(0, id)).toBe('unavailable');
    expect(await refreshBy(1, id)).toBe('unavailable');
    expect(await statusOf(id)).toBe('active');
    expect(await works(id)).toBe(true);
    const calls = await tokenCalls();
    expect(await refreshBy(0, id)).toBe('unavailable');
    expect(await tokenCalls()).toBe(calls);
    await pass(61_000);
    expect(await refreshBy(0, id)).toBe('needs_reconnect');
    expect(await statusOf(id)).toBe('needs_reconnect');
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['account.connected', 'account.needs_reconnect']);
  });

  it('a token endpoint that is down for a day disconnects nobody; afterwards everything is renewed by itself', async () => {
    const ids: string[] = [];
    for (const platform of ['tiktok', 'tiktok', 'tiktok', 'tiktok', 'shorts']) ids.push(await connect(platform));
    // Only a token endpoint says when a token ends.
    for (const id of ids) expect(await refreshBy(1, id)).toBe('refreshed');
    for (const platform of ['tiktok', 'shorts'])
      await sandbox.addFault({ platform, step: 'oauth', kind: 'error-before', code: 500 });
    const due = workers[0].app.get(RefreshDueAccounts);
    const pairs = () =>
      db.database.rows(`select id, cred_enc, token_version from account where id = any($1) order by id`, [ids]);
    const before = await pairs();
    for (let hour = 0; hour < 24; hour += 2) {
      await pass(2 * HOUR_MS);
      expect(Object.keys(await due.runOnce())).toEqual(['unavailable']);
    }
    expect(await pairs()).toEqual(before);
    for (const id of ids) expect(await statusOf(id)).toBe('active');
    await sandbox.clearFaults();
    expect(await due.runOnce()).toEqual({ refreshed: ids.length });
    for (const id of ids.slice(0, 4)) expect(await works(id)).toBe(true);
  });

  it('a token endpoint that answers nonsense, nothing, or for somebody else changes nothing', async () => {
    const id = await connect('tiktok');
    const before = await db.database.row(`select cred_enc, token_version from account where id = $1`, [id]);
    for (const kind of ['garbage', 'drop-before', 'rate']) {
      await sandbox.addFault({ platform: 'tiktok', step: 'oauth', kind, times: 1 });
      expect(await refreshBy(0, id)).toBe('unavailable');
      await sandbox.clearFaults();
    }
    expect(await db.database.row(`select cred_enc, token_version from account where id = $1`, [id])).toEqual(before);
    expect(await statusOf(id)).toBe('active');
  });

  describe('by the consent page', () => {
    /** Presses a button of the page as a browser would, and follows where it leads. */
    const decide = async (consentUrl: string, decision: 'allow' | 'deny', denied: readonly string[] = []) => {
      const asked = new URL(consentUrl);
      const html = await (await fetch(consentUrl)).text();
      const form = new URLSearchParams(asked.searchParams);
      const account = /name="account" value="([^"]+)"/.exec(html)?.[1] ?? '';
      form.set('account', account);
      for (const scope of (asked.searchParams.get('scope') ?? '').split(',').filter((one) => !denied.includes(one)))
        form.append('granted', scope);
      form.set('decision', decision);
      const answer = await fetch(asked.origin + asked.pathname, { method: 'POST', body: form, redirect: 'manual' });
      return { account, callback: new URL(answer.headers.get('location') ?? 'http://none.invalid') };
    };
    const begin = async () => {
      const answer = await workers[0].send({ method: 'POST', path: '/v1/accounts/connect/tiktok', key, body: {} });
      expect(answer.status).toBe(201);
      return answer.body.url as string;
    };
    const back = ({ pathname, search }: URL) =>
      workers[1].send({ path: pathname + search, headers: { accept: 'application/json' } });

    it('an account is connected with tokens that work and can be renewed, on whichever process the browser returns', async () => {
      await sandbox.createAccount('tiktok');
      const { account, callback } = await decide(await begin(), 'allow');
      const done = await back(callback);
      expect(done).toMatchObject({ status: 200, body: { accounts: [{ externalId: account, status: 'active' }] } });
      const { id } = done.body.accounts[0];
      expect(await works(id)).toBe(true);
      expect(await refreshBy(0, id)).toBe('refreshed');
      expect(await back(callback)).toMatchObject({ status: 400, body: { code: 'account.consent_unknown' } });
    });

    it('a denial and a missing permission connect nothing and say what was missing', async () => {
      await sandbox.createAccount('tiktok');
      const denied = await back((await decide(await begin(), 'deny')).callback);
      expect(denied).toMatchObject({ status: 403, body: { code: 'account.consent_denied' } });
      const partly = await back((await decide(await begin(), 'allow', ['video.publish'])).callback);
      expect(partly).toMatchObject({ status: 422, body: { code: 'account.consent_refused' } });
      expect(partly.body.detail).toContain('video.publish');
      expect(await db.database.rows(`select 1 from account where status = 'active'`)).toEqual([]);
    });
  });
});
