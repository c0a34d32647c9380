import { Module } from '@nestjs/common';
import { AccountsModule } from '../../src/accounts/index.js';
import { HealthModule } from '../../src/health/index.js';
import { LedgerJob } from '../../src/incidents/jobs/ledger/ledger.job.js';
import { ledgerControllers, ledgerProviders } from '../../src/incidents/ledger.config.js';
import { newId } from '../../src/kernel/ids.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { seedAccount, type SeededWorkspace, seedTarget } from './rows.js';

@Module({
  imports: [WorkspacesModule, HealthModule],
  controllers: [...ledgerControllers],
  providers: [...ledgerProviders],
})
class LedgerModule {}

/** A workspace with an account on TikTok and one on Shorts. */
export interface LedgerTenant extends SeededWorkspace {
  readonly key: string;
  readonly shortsId: string;
}

/** The ledger's part of the room on real rows. */
export interface LedgerApp {
  readonly db: TestDatabase;
  readonly partial: PartialApp;
  readonly operator: string;
  readonly first: LedgerTenant;
  readonly second: LedgerTenant;
  /** Reads the outbox to its end. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

export const startLedger = async (): Promise<LedgerApp> => {
  const db = await createTestDatabase();
  const partial = await startPartialApp(db, {
    imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, LedgerModule],
  });
  const send = (path: string, key: string, body: unknown) => partial.send({ method: 'POST', path, key, body });
  const boot = await partial.app.get(BootstrapWorkspace, { strict: false }).execute();
  const operator = boot.apiKey ?? '';
  const key: string = (await send('/v1/api-keys', operator, { name: 'admin', scopes: ['admin'] })).body.key;
  const other = (await send('/v1/workspaces', operator, { name: 'B', region: 'us', timeZone: 'UTC' })).body;
  const first = await seedTenant(db, boot.workspaceId, key);
  const second = await seedTenant(db, other.id, other.apiKey);
  const job = partial.app.get(LedgerJob, { strict: false });
  return {
    ...{ db, partial, operator, first, second },
    follow: () => toTheEnd(db, () => job.follow()),
    stop: async () => {
      await partial.stop();
      await db.drop();
    },
  };
};

/** Transactions of the whole server hold the outbox back, those of other tests too. */
const toTheEnd = async ({ database }: TestDatabase, follow: () => Promise<void>): Promise<void> => {
  const deadline = Date.now() + 20_000;
  for (;;) {
    await follow();
    const left = await database.row<{ left: boolean }>(
      `select exists (select 1 from event e, event_cursor c
                       where c.consumer = 'incidents' and (e.xid, e.id) > (c.last_xid, c.last_id)) as left`,
    );
    if (!left?.left) return;
    if (Date.now() > deadline) throw new Error('the outbox was not read in time');
  }
};

const seedTenant = async ({ database }: TestDatabase, workspaceId: string, key: string): Promise<LedgerTenant> => {
  const [accountId, shortsId, mediaId, postId] = [newId(), newId(), newId(), newId()];
  await seedAccount(database, { workspaceId, accountId, platform: 'tiktok', region: 'us' });
  await seedAccount(database, { workspaceId, accountId: shortsId, platform: 'shorts', region: 'us' });
  await database.affected(
    `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms)
     values ($1, $2, 'ready', 'a.mp4', $3, decode(md5($3), 'hex'), 10, 'video/mp4', 5000)`,
    [mediaId, workspaceId, mediaId],
  );
  await database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
    postId,
    workspaceId,
  ]);
  return { workspaceId, accountId, postId, mediaId, key, shortsId };
};

/** An incident of TikTok in the US. @param openedMinutesAgo @param closedMinutesAgo left out: it is open */
export const seedIncident = async (
  { database }: TestDatabase,
  openedMinutesAgo: number,
  closedMinutesAgo?: number,
): Promise<string> => {
  const id = newId();
  await database.affected(
    `insert into incident (id, platform, region, opened_at, closed_at, worst_state, reason)
     values ($1, 'tiktok', 'us', clock_timestamp() - $2 * interval '1 minute',
             clock_timestamp() - $3::float8 * interval '1 minute', 'down', '3 bad of 3')`,
    [id, openedMinutesAgo, closedMinutesAgo ?? null],
  );
  return id;
};

/** A target that stands for `rootId` on the tenant's Shorts account, live. */
export const seedReplacement = async (db: TestDatabase, tenant: LedgerTenant, rootId: string): Promise<string> => {
  const id = await seedTarget(db.database, { ...tenant, accountId: tenant.shortsId }, -60_000);
  await db.database.affected(
    `update target set role = 'reroute', root_id = $2, status = 'published', platform_post_id = $3,
            published_at = clock_timestamp() where id = $1`,
    [id, rootId, id],
  );
  return id;
};

/** What publishing would say of a target. @param minutesAgo when it was said */
export const tell = async (
  { db: { database }, partial }: LedgerApp,
  { workspaceId, accountId, postId }: LedgerTenant,
  said: {
    type: 'post.held' | 'post.rerouted' | 'post.published' | 'post.unconfirmed';
    targetId: string;
    platform?: string;
  },
  minutesAgo = 0,
): Promise<void> => {
  const { type, targetId, platform = 'tiktok' } = said;
  const payload = {
    ...{ targetId, postId, occurrenceId: newId(), accountId, platform, status: 'held', cause: 'test' },
    scheduledAt: new Date().toISOString(),
  };
  await database.run((tx) =>
    partial.app.get(EventOutbox, { strict: false }).append([{ workspaceId, type, subjectId: targetId, payload }], tx),
  );
  await database.affected(
    `update event set at = clock_timestamp() - $2 * interval '1 minute'
      where id = (select max(id) from event where subject_id = $1)`,
    [targetId, minutesAgo],
  );
};
