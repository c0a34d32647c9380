import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountTrouble } from '../../src/accounts/application/account-trouble.js';
import { AnnounceChange } from '../../src/accounts/application/announce-change.js';
import { ConnectAccount } from '../../src/accounts/application/connect-account.js';
import { RefreshCredentials } from '../../src/accounts/application/refresh-credentials.js';
import { RefreshDueAccounts } from '../../src/accounts/application/refresh-due-accounts.js';
import { AccountStoreRepository } from '../../src/accounts/infrastructure/account-store.repository.js';
import { CredentialBox } from '../../src/accounts/infrastructure/credential-box.js';
import { RefreshLeasesRepository } from '../../src/accounts/infrastructure/refresh-leases.repository.js';
import { TokenVaultRepository } from '../../src/accounts/infrastructure/token-vault.repository.js';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { Platform, PlatformContext } from '../../src/platforms/domain/platform.port.js';
import { PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { ConnectOutcome } from '../../src/platforms/domain/publish-outcome.js';
import { AuditLogRepository } from '../../src/workspaces/infrastructure/audit-log.repository.js';
import { WorkspacesRepository } from '../../src/workspaces/infrastructure/workspaces.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

/** A platform that answers its token endpoint as told. */
class ScriptedTokens extends PlatformRegistry {
  calls: PlatformContext[] = [];
  answer: (ctx: PlatformContext) => Promise<ConnectOutcome | undefined> = () => Promise.resolve(undefined);

  get(): Platform {
    const refresh = (ctx: PlatformContext) => {
      this.calls.push(ctx);
      return this.answer(ctx);
    };
    return { refresh } as unknown as Platform;
  }
  all() {
    return [];
  }
}

const renewed = ({ externalId, credentials }: PlatformContext): ConnectOutcome => ({
  kind: 'connected',
  externalId,
  displayName: externalId,
  credentials: { token: `${credentials['token']}+` },
  scopes: [],
  tokenExpiresAt: new Date(Date.now() + 7_200_000),
});

describe('refreshing on PostgreSQL', () => {
  let db: TestDatabase;
  let platform: ScriptedTokens;
  let vault: TokenVaultRepository;
  let box: CredentialBox;
  let connect: ConnectAccount;
  let refreshOf: () => RefreshCredentials;
  let workspaceId: string;
  let accountId: string;
  let counter = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    box = new CredentialBox(new SecretBox(`k:${randomBytes(32).toString('base64')}`));
    const store = new AccountStoreRepository(database, box);
    const announce = new AnnounceChange(new EventOutbox(database), new AuditLogRepository(database));
    const workspaces = new WorkspacesRepository(database);
    const fresh = { name: 'Test', region: 'us', timeZone: 'UTC' };
    workspaceId = (await database.run((tx) => workspaces.insert(fresh, tx))).id;
    vault = new TokenVaultRepository(database, box);
    connect = new ConnectAccount(store, workspaces, announce);
    // A new instance per caller, as in another process.
    refreshOf = () =>
      new RefreshCredentials(
        new RefreshLeasesRepository(database, box),
        platform,
        new AccountTrouble(store, announce),
        database,
      );
  });
  afterAll(() => db.drop());

  beforeEach(async () => {
    platform = new ScriptedTokens();
    accountId = await connectAs(`user-${(counter += 1)}`);
  });

  const connectAs = async (externalId: string, token = 'old') => {
    const identity = { platform: 'tiktok' as const, externalId, displayName: 'Me', scopes: ['video.publish'] };
    const proven = { ...identity, credentials: { token } };
    return (await db.database.run((tx) => connect.execute({ workspaceId, actor: 'test' }, proven, tx))).id;
  };
  const sql = (text: string) => db.database.affected(text, [accountId]);
  const statusOf = async () =>
    (await db.database.row<{ status: string }>('select status from account where id = $1', [accountId]))?.status;
  const tokenOf = async () => (await vault.contextOf(accountId))?.credentials['token'];

  it('calls once when two ask at once, and both go on with the new pair', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let entered = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    platform.answer = async (ctx) => {
      entered();
      await released;
      return renewed(ctx);
    };
    const first = refreshOf().execute(accountId);
    await inside;
    const second = refreshOf().execute(accountId);
    release();
    expect(await Promise.all([first, second])).toEqual(['refreshed', 'moved']);
    expect(platform.calls).toHaveLength(1);
    expect(await tokenOf()).toBe('old+');
  });

  it('leaves a pair alone that is newer than the refused one', async () => {
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    const seen = (await vault.contextOf(accountId))?.tokenVersion;
    expect(await refreshOf().execute(accountId, seen)).toBe('refreshed');
    expect(await refreshOf().execute(accountId, seen)).toBe('moved');
    expect(platform.calls).toHaveLength(1);
  });

  it('writes nothing when the account was connected anew meanwhile', async () => {
    platform.answer = async (ctx) => {
      await connectAs(ctx.externalId, 'by hand');
      return renewed(ctx);
    };
    expect(await refreshOf().execute(accountId)).toBe('moved');
    expect(await tokenOf()).toBe('by hand');
  });

  it('writes nothing when the account was disconnected meanwhile', async () => {
    platform.answer = async (ctx) => {
      await sql(
        `update account set status = 'disconnected', cred_enc = null, refresh_fence = refresh_fence + 1 where id = $1`,
      );
      return renewed(ctx);
    };
    expect(await refreshOf().execute(accountId)).toBe('moved');
    expect(await tokenOf()).toBeUndefined();
    expect(await refreshOf().execute(accountId)).toBe('needs_reconnect');
  });

  it('keeps the account however often the endpoint fails', async () => {
    platform.answer = () => Promise.resolve({ kind: 'unavailable' });
    for (let time = 0; time < 3; time += 1) expect(await refreshOf().execute(accountId)).toBe('unavailable');
    platform.answer = () => Promise.reject(new Error('bug'));
    expect(await refreshOf().execute(accountId)).toBe('unavailable');
    expect(await statusOf()).toBe('active');
    expect(await tokenOf()).toBe('old');
    expect(platform.calls).toHaveLength(4);
  });

  it('believes a refusal only when it is repeated a minute later', async () => {
    platform.answer = () => Promise.resolve({ kind: 'unauthorised', reconnect: true });
    expect(await refreshOf().execute(accountId)).toBe('unavailable');
    expect(await refreshOf().execute(accountId)).toBe('unavailable');
    expect(platform.calls).toHaveLength(1);
    await sql(`update account set invalid_grant_at = now() - interval '61 seconds' where id = $1`);
    expect(await refreshOf().execute(accountId)).toBe('needs_reconnect');
    expect(await statusOf()).toBe('needs_reconnect');
    const events = await db.database.rows(
      `select payload from event where subject_id = $1 and type = 'account.needs_reconnect'`,
      [accountId],
    );
    expect(events).toEqual([{ payload: expect.objectContaining({ reason: 'refresh_refused' }) }]);
    expect(platform.calls).toHaveLength(2);
  });

  it('forgets a first refusal once a refresh works', async () => {
    platform.answer = () => Promise.resolve({ kind: 'unauthorised', reconnect: false });
    await refreshOf().execute(accountId);
    await sql(`update account set invalid_grant_at = now() - interval '61 seconds' where id = $1`);
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    expect(await refreshOf().execute(accountId)).toBe('refreshed');
    platform.answer = () => Promise.resolve({ kind: 'unauthorised', reconnect: false });
    expect(await refreshOf().execute(accountId)).toBe('unavailable');
    expect(await statusOf()).toBe('active');
  });

  it('keeps a renewed pair while the database is away, since the platform may have killed the old one', async () => {
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    const leases = new RefreshLeasesRepository(db.database, box);
    let faults = 2;
    const store = leases.store.bind(leases);
    leases.store = (...pair) => ((faults -= 1) >= 0 ? Promise.reject(new Error('connection lost')) : store(...pair));
    const refresh = new RefreshCredentials(leases, platform, {} as AccountTrouble, db.database);
    expect(await refresh.execute(accountId)).toBe('refreshed');
    expect(await tokenOf()).toBe('old+');
    expect(platform.calls).toHaveLength(1);
  });

  it('learns the end of a pasted token by a renewal, whose refusal proves nothing, and asks again a day later', async () => {
    await sql(
      `update account set token_expires_at = now() + interval '2 hours', invalid_grant_at = null where id <> $1`,
    );
    const due = new RefreshDueAccounts(new RefreshLeasesRepository(db.database, box), refreshOf());
    expect(await due.runOnce()).toEqual({});
    await sql(`update account set token_obtained_at = now() - interval '11 minutes' where id = $1`);
    platform.answer = () => Promise.resolve({ kind: 'unauthorised', reconnect: true });
    expect(await due.runOnce()).toEqual({ unavailable: 1 });
    await sql(`update account set refresh_tried_at = now() - interval '2 minutes' where id = $1`);
    expect(await due.runOnce()).toEqual({});
    expect(await statusOf()).toBe('active');
    await sql(`update account set refresh_tried_at = now() - interval '25 hours' where id = $1`);
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    expect(await due.runOnce()).toEqual({ refreshed: 1 });
    expect(await due.runOnce()).toEqual({});
  });

  it('asks those first that waited longest, and leaves a platform alone whose endpoint fails', async () => {
    await sql(
      `update account set token_expires_at = now() + interval '2 hours', invalid_grant_at = null where id <> $1`,
    );
    const ids = [accountId];
    while (ids.length < 14) ids.push(await connectAs(`user-${(counter += 1)}`));
    await db.database.affected(`update account set token_expires_at = now() where id = any($1)`, [ids]);
    platform.answer = () => Promise.resolve({ kind: 'unavailable' });
    const due = new RefreshDueAccounts(new RefreshLeasesRepository(db.database, box), refreshOf());
    const { unavailable = 0 } = await due.runOnce();
    expect(unavailable).toBeLessThan(ids.length);
    const first = platform.calls.map((ctx) => ctx.accountId);
    await due.runOnce();
    const second = platform.calls.slice(first.length).map((ctx) => ctx.accountId);
    const untried = ids.filter((id) => !first.includes(id));
    expect(second).toEqual(expect.arrayContaining(untried));
  });

  it('takes over the lease of a process that died', async () => {
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    await sql(`update account set refresh_lease_until = now() - interval '1 second' where id = $1`);
    expect(await refreshOf().execute(accountId)).toBe('refreshed');
  });

  it('renews early, also what is paused, and nothing that is fresh', async () => {
    await db.database.affected(
      `update account set token_expires_at = now() + interval '2 hours', invalid_grant_at = null`,
    );
    await sql(`update account set token_expires_at = now() + interval '29 minutes', status = 'paused' where id = $1`);
    platform.answer = (ctx) => Promise.resolve(renewed(ctx));
    const leases = new RefreshLeasesRepository(db.database, undefined as never);
    const due = new RefreshDueAccounts(leases, refreshOf());
    expect(await due.runOnce()).toEqual({ refreshed: 1 });
    expect(await due.runOnce()).toEqual({});
    expect(await statusOf()).toBe('paused');
    expect(platform.calls.map((ctx) => ctx.accountId)).toEqual([accountId]);
  });
});
