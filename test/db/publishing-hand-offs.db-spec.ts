import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { newId } from '../../src/kernel/ids.js';
import type { PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { ExpireHandOffs } from '../../src/publishing/application/hand-off/expire-hand-offs.js';
import { HandOffClock } from '../../src/publishing/application/hand-off/hand-off-clock.js';
import { HandOffLinks } from '../../src/publishing/application/hand-off/hand-off-links.js';
import { NotifyHandOffs } from '../../src/publishing/application/hand-off/notify-hand-offs.js';
import { OpenHandOff } from '../../src/publishing/application/hand-off/open-hand-off.js';
import { type HandOffEnd, SettleHandOff } from '../../src/publishing/application/hand-off/settle-hand-off.js';
import { CancelTargets } from '../../src/publishing/application/targets/cancel-targets.js';
import type { TargetReader } from '../../src/publishing/application/targets/target-reader.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import type { RunEffects } from '../../src/publishing/application/firing/run-effects.js';
import type {
  HandOffMail,
  HandOffMailer,
  HandOffMailOutcome,
} from '../../src/publishing/domain/hand-off/hand-off-mailer.port.js';
import { HandOffTokens } from '../../src/publishing/domain/hand-off/hand-off-token.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { HandOffSettings } from '../../src/publishing/hand-off-settings.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { HandOffsRepository } from '../../src/publishing/infrastructure/hand-off/hand-offs.repository.js';
import { TakeoversRepository } from '../../src/publishing/infrastructure/reconcile/takeovers.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';

import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const KEY = `test:${Buffer.alloc(32, 3).toString('base64')}`;

describe('targets posted by hand', () => {
  let db: TestDatabase;
  let handOffs: HandOffsRepository;
  let firing: FiringRepository;
  let open: OpenHandOff;
  let settle: SettleHandOff;
  let expire: ExpireHandOffs;
  let notify: NotifyHandOffs;
  let seeded: SeededWorkspace;
  let workerId: string;
  let answer: HandOffMailOutcome;
  let fault: Error | undefined;
  const mails: HandOffMail[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    const quotas = attemptQuotas(database);
    const store = new TargetStoreRepository(database, quotas);
    const journal = new AttemptJournalRepository(database, new SecretBox(KEY));
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => new Date() }, settings);
    const effects = { execute: () => Promise.resolve() } as unknown as RunEffects;
    const forHand = new HandOffSettings(() => 'https://app.example', 'News <news@example.com>', 3_600, 1);
    firing = new FiringRepository(database, quotas);
    handOffs = new HandOffsRepository(database);
    open = new OpenHandOff(database, handOffs, store, journal, effects, new HandOffClock(engine, forHand));
    settle = new SettleHandOff(handOffs, store, journal, effects, engine);
    expire = new ExpireHandOffs(handOffs, settle, database);
    const links = new HandOffLinks(new HandOffTokens(Buffer.alloc(32, 1)), handOffs, forHand, {
      now: () => new Date(),
    });
    const credentials = { mode: 'handoff', notifyEmail: 'mara@example.com' };
    const contextOf = () => (fault ? Promise.reject(fault) : Promise.resolve({ credentials }));
    const access = { contextOf } as unknown as PlatformAccess;
    const platforms = {
      get: () => ({ capabilities: () => ({ displayName: 'UpScrolled' }) }),
    } as unknown as PlatformRegistry;
    const mail = {
      isConfigured: true,
      send: (sent: HandOffMail) => {
        mails.push(sent);
        return Promise.resolve(answer);
      },
    } as HandOffMailer;
    notify = new NotifyHandOffs(handOffs, mail, access, links, platforms, forHand);
    workerId = newId();
    await database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.database.affected(`delete from handoff`);
    mails.length = 0;
    fault = undefined;
    answer = { kind: 'accepted', reply: '250 ok' };
    seeded = await seedWorkspace(db.database, 'upscrolled');
  });

  const due = async (): Promise<ArmedRef> => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const [ref] = await firing.markPublishing(await firing.intend(armed));
    if (!ref) throw new Error('The target does not publish.');
    return ref;
  };
  const handedOver = async () => {
    const ref = await due();
    const [target] = await firing.load([ref.targetId]);
    if (!target) throw new Error('No target.');
    await open.execute(target, ref);
    const [handOff] = await handOffs.list(seeded.workspaceId, { limit: 1 });
    if (!handOff) throw new Error('No hand-off.');
    return { ref, target, handOff };
  };
  const rows = async ({ targetId, attemptId }: ArmedRef) => ({
    target: await db.database.row(
      `select status, next_check_at, platform_handle, permalink, late, error_detail from target where id = $1`,
      [targetId],
    ),
    attempt: await db.database.row<{ state: string }>(`select state from attempt where id = $1`, [attemptId]),
  });
  const end = (id: string, how: HandOffEnd) => db.database.run((tx) => settle.execute(id, how, tx));

  it('waits as publishing with an open attempt, its deadline, and no lease', async () => {
    const { ref, handOff } = await handedOver();
    expect(handOff).toMatchObject({ state: 'due', targetStatus: 'publishing', platform: 'upscrolled' });
    expect(await rows(ref)).toMatchObject({
      target: { status: 'publishing', next_check_at: null },
      attempt: { state: 'processing' },
    });
    const takeovers = new TakeoversRepository(db.database, attemptQuotas(db.database));
    await takeovers.findDead(workerId);
    expect([...(await takeovers.findLeftovers()), ...(await takeovers.findForgotten())]).toEqual([]);
    const lease = await db.database.row(`select 1 from target_lease where target_id = $1`, [ref.targetId]);
    expect(lease).toBeUndefined();
  });

  it('lets no second run of the post on the account begin meanwhile', async () => {
    await handedOver();
    const next = await seedTarget(db.database, seeded, -10);
    const { armed, blocked } = await firing.arm(workerId, [{ targetId: next, version: 1 }]);
    expect({ armed: armed.length, blocked: blocked.length }).toEqual({ armed: 0, blocked: 1 });
  });

  it('opens once, however often the worker tries', async () => {
    const { ref, target } = await handedOver();
    await open.execute(target, ref);
    expect(await handOffs.list(seeded.workspaceId, { limit: 5 })).toHaveLength(1);
  });

  it('is published by the person’s word alone, with the handle as proof and their link', async () => {
    const { ref, handOff } = await handedOver();
    const link = 'https://share.upscrolled.com/en/post/a1';
    expect(await end(handOff.id, { event: 'confirm', by: 'page', link })).toMatchObject({ state: 'confirmed', link });
    expect(await rows(ref)).toMatchObject({
      target: { status: 'published', platform_handle: `handoff:${handOff.id}`, permalink: link, late: false },
      attempt: { state: 'published' },
    });
  });

  it('takes the same word twice, and no other one after it', async () => {
    const { handOff } = await handedOver();
    await end(handOff.id, { event: 'confirm', by: 'page' });
    expect((await end(handOff.id, { event: 'confirm', by: 'key:x' })).endedBy).toBe('page');
    await expect(end(handOff.id, { event: 'skip', by: 'page' })).rejects.toMatchObject({ code: 'handoff.over' });
  });

  it('is cancelled by a skip, which frees the account for the next run', async () => {
    const { ref, handOff } = await handedOver();
    await end(handOff.id, { event: 'skip', by: 'page' });
    expect(await rows(ref)).toMatchObject({ target: { status: 'cancelled' }, attempt: { state: 'abandoned' } });
    const next = await seedTarget(db.database, seeded, -10);
    expect((await firing.arm(workerId, [{ targetId: next, version: 1 }])).armed).toHaveLength(1);
  });

  it('needs a decision when nobody answers; a late word still counts', async () => {
    const { ref, handOff } = await handedOver();
    expect(await expire.runOnce()).toBe(0);
    await db.database.affected(`update handoff set expires_at = clock_timestamp() where id = $1`, [handOff.id]);
    expect(await expire.runOnce()).toBe(1);
    expect(await rows(ref)).toMatchObject({
      target: { status: 'needs_decision', error_detail: expect.stringContaining('Confirm or skip') },
      attempt: { state: 'unknown' },
    });
    await end(handOff.id, { event: 'confirm', by: 'key:x' });
    expect(await rows(ref)).toMatchObject({
      target: { status: 'published', late: true },
      attempt: { state: 'adopted' },
    });
  });

  it('belongs to its workspace', async () => {
    const { handOff } = await handedOver();
    await expect(
      db.database.run((tx) => settle.execute(handOff.id, { event: 'skip', by: 'key:x' }, tx, newId())),
    ).rejects.toMatchObject({ code: 'handoff.not_found' });
  });

  it('never counts one pasted id for two targets', async () => {
    const first = await handedOver();
    await end(first.handOff.id, { event: 'confirm', by: 'page', platformPostId: 'p1' });
    const second = await handedOver();
    await expect(end(second.handOff.id, { event: 'confirm', by: 'page', platformPostId: 'p1' })).rejects.toMatchObject({
      code: 'target.post_owned',
    });
    expect((await handOffs.get(second.handOff.id))?.state).toBe('due');
  });

  it('tells the person once and reminds them once, and opening is no confirmation', async () => {
    const { handOff } = await handedOver();
    await Promise.all([notify.runOnce(), notify.runOnce()]);
    await notify.runOnce();
    expect(mails.map((mail) => mail.to)).toEqual(['mara@example.com']);
    expect(mails[0]?.text).toContain('https://app.example/handoff/');
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'notified', mailReply: '250 ok' });
    await handOffs.markOpened(handOff.id);
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'opened', targetStatus: 'publishing' });
    for (let n = 0; n < 3; n += 1) {
      await db.database.affected(`update handoff set next_mail_at = now() where next_mail_at is not null`);
      await notify.runOnce();
    }
    expect(mails.map((mail) => mail.messageId)).toEqual([
      `<handoff.${handOff.id}.1@example.com>`,
      `<handoff.${handOff.id}.2@example.com>`,
    ]);
  });

  it('tries a mail again that was certainly not taken, and never one that may have been', async () => {
    const { handOff } = await handedOver();
    answer = { kind: 'refused', lasting: 'temporary', reply: '421 later' };
    await notify.runOnce();
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'due', mailReply: '421 later' });
    await db.database.affected(`update handoff set next_mail_at = now()`);
    answer = { kind: 'unknown', detail: 'reset after DATA' };
    await notify.runOnce();
    await notify.runOnce();
    expect(mails).toHaveLength(2);
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'notified' });
  });

  it('sends a mail later that a fault of ours kept from leaving', async () => {
    const { handOff } = await handedOver();
    fault = new Error('the vault is away');
    await notify.runOnce();
    fault = undefined;
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'due' });
    const wait = await db.database.row<{ soon: boolean }>(
      `select next_mail_at < clock_timestamp() + interval '1 minute' as soon from handoff where id = $1`,
      [handOff.id],
    );
    expect(wait).toEqual({ soon: true });
    await db.database.affected(`update handoff set next_mail_at = now()`);
    await notify.runOnce();
    expect(mails.map(({ messageId }) => messageId)).toEqual([`<handoff.${handOff.id}.1@example.com>`]);
  });

  it('writes to nobody whose word is there already', async () => {
    const { handOff } = await handedOver();
    await end(handOff.id, { event: 'skip', by: 'page' });
    await notify.runOnce();
    expect(mails).toEqual([]);
  });

  it('ends by cancelling its target: the person is not asked any more', async () => {
    const { ref, handOff } = await handedOver();
    const store = new TargetStoreRepository(db.database, attemptQuotas(db.database));
    const journal = new AttemptJournalRepository(db.database, new SecretBox(KEY));
    const cancel = new CancelTargets(
      store,
      {} as TargetReader,
      journal,
      new EventOutbox(db.database),
      handOffs,
      settle,
    );
    const wish = { workspaceId: seeded.workspaceId, targetIds: [ref.targetId], actor: 'key:mara' };
    expect(await db.database.run((tx) => cancel.execute(wish, tx))).toEqual([ref.targetId]);
    expect(await handOffs.get(handOff.id)).toMatchObject({ state: 'skipped', targetStatus: 'cancelled' });
  });
});
