import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { FirstComment } from '../../src/platforms/domain/platform.port.js';
import type { CommitOutcome } from '../../src/platforms/domain/publish-outcome.js';
import type { PlatformRegistry } from '../../src/platforms/index.js';
import { SendFirstComments } from '../../src/publishing/application/comments/send-first-comments.js';
import { Engine } from '../../src/publishing/application/engine.js';
import type { PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import { FirstCommentsRepository } from '../../src/publishing/infrastructure/comments/first-comments.repository.js';
import type { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('first comments', () => {
  let db: TestDatabase;
  let ledger: FirstCommentsRepository;
  let seeded: SeededWorkspace;
  let answer: () => Promise<CommitOutcome>;
  const sent: FirstComment[] = [];

  const sender = (): SendFirstComments => {
    const skylight = {
      name: 'skylight',
      canComment: true,
      comment: (_: unknown, wish: FirstComment) => {
        sent.push(wish);
        return answer();
      },
    };
    const platforms = { get: () => skylight, all: () => [skylight, { name: 'tiktok', canComment: false }] };
    const access = { contextOf: () => Promise.resolve({}), renewed: () => Promise.resolve(undefined) };
    return new SendFirstComments(
      ledger,
      platforms as unknown as PlatformRegistry,
      access as unknown as PlatformAccess,
      new Engine({ now: () => new Date() }, {} as PublishingSettings),
    );
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    db = await createTestDatabase();
    ledger = new FirstCommentsRepository(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.database.affected('delete from first_comment');
    seeded = await seedWorkspace(db.database, 'skylight');
    sent.length = 0;
    answer = () => Promise.resolve({ kind: 'published', platformPostId: 'reply-1' });
  });

  const live = async (firstComment: unknown, workspace = seeded): Promise<string> => {
    const id = await seedTarget(db.database, workspace, -1_000);
    await db.database.affected(
      `update target set status = 'published', platform_post_id = id::text, published_at = now(),
              content = jsonb_set(content, '{options}', $2::jsonb) where id = $1`,
      [id, JSON.stringify({ firstComment })],
    );
    return id;
  };
  const plan = (...ids: string[]) => db.database.run((tx) => sender().plan(ids, tx));
  const of = (id: string) => ledger.of(seeded.workspaceId, id);

  it('are written once under posts that are live on a platform that has comments', async () => {
    const other = await seedWorkspace(db.database, 'tiktok');
    const [id, blank, elsewhere] = [await live('More below'), await live('  '), await live('x', other)];
    const waiting = await seedTarget(db.database, seeded, 60_000);
    await plan(id, blank, elsewhere, waiting);
    await plan(id);
    expect([await sender().runOnce(), await sender().runOnce()]).toEqual([1, 0]);
    expect(sent).toMatchObject([{ platformPostId: id, text: 'More below' }]);
    expect(await of(id)).toMatchObject({ state: 'sent', messageId: 'reply-1', tries: 1 });
    expect([await of(blank), await of(waiting), await of(elsewhere)]).toEqual([null, null, undefined]);
  });

  it('are written once by several processes', async () => {
    const id = await live('Only one');
    await plan(id);
    await Promise.all([sender().runOnce(), sender().runOnce(), sender().runOnce()]);
    expect(sent).toHaveLength(1);
  });

  it('are tried again only when nothing was sent, and a failure leaves the post alone', async () => {
    const id = await live('Try');
    await plan(id);
    const before = await db.database.row(`select * from target where id = $1`, [id]);
    answer = () => Promise.resolve({ kind: 'unavailable', detail: 'down' });
    await sender().runOnce();
    expect(await of(id)).toMatchObject({ state: 'planned', detail: expect.stringContaining('down') });
    expect(await sender().runOnce()).toBe(0);
    await db.database.affected(`update first_comment set next_at = now()`);
    answer = () => Promise.reject(new Error('a bug'));
    await sender().runOnce();
    expect(await of(id)).toMatchObject({ state: 'unknown', tries: 2 });
    expect(await sender().runOnce()).toBe(0);
    expect(await db.database.row(`select * from target where id = $1`, [id])).toEqual(before);
  });

  it('whose process died in the call are unknown, never sent again; those that nobody could send expire', async () => {
    const [died, old] = [await live('Died'), await live('Old')];
    await plan(died, old);
    await db.database.affected(
      `update first_comment set state = 'intended', next_at = now() - interval '1 s' where target_id = $1`,
      [died],
    );
    await db.database.affected(
      `update first_comment set created_at = now() - interval '25 hours' where target_id = $1`,
      [old],
    );
    expect(await sender().runOnce()).toBe(0);
    expect([await of(died), await of(old)]).toMatchObject([{ state: 'unknown' }, { state: 'expired' }]);
    expect(sent).toEqual([]);
  });
});
