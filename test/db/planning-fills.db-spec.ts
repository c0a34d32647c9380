import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthView } from '../../src/health/index.js';
import { FillJob } from '../../src/planning/jobs/queues/fill.job.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('fills during an incident', () => {
  let rooms: RoomServer;

  beforeAll(async () => {
    rooms = await startPlanning();
  });
  afterAll(() => rooms.close());

  const fill = () => rooms.app.get(FillJob, { strict: false }).runOnce();
  const filled = () =>
    rooms.db.database.rows<{ at: Date; account: string; post: string; role: string; source: string }>(
      `select t.scheduled_at as at, t.account_id as account, t.post_id as post, t.role, o.source
         from target t join occurrence o on o.id = t.occurrence_id order by 1`,
    );
  const setHealth = async (state: string) => {
    const body = { state, reason: 'test', forSeconds: 3_600 };
    expect(await rooms.send('POST', '/v1/platforms/tiktok/override', { body })).toMatchObject({ status: 201 });
    await rooms.app.get(HealthView, { strict: false }).refresh();
  };

  it('give free slots of healthy accounts to rested posts, one of an account a round, each instant once', async () => {
    const mediaIds = [await uploadClip(rooms)];
    const [tiktok, reels] = [await addAccount(rooms, 'tiktok'), await addAccount(rooms, 'reels')];
    await addAccount(rooms, 'telegram');
    for (const caption of ['One', 'Two'])
      await rooms.send('POST', '/v1/posts', { body: { kind: 'evergreen', caption, mediaIds, tags: ['spare'] } });
    const slots = [1, 2, 3, 4, 5, 6, 7].flatMap((dayOfWeek) =>
      Array.from({ length: 24 }, (_, hour) => ({
        dayOfWeek,
        time: `${String(hour).padStart(2, '0')}:30`,
        categories: ['nobody has it'],
      })),
    );
    const body = { name: 'Hourly', timezone: 'UTC', accountIds: [tiktok, reels], slots };
    expect(await rooms.send('POST', '/v1/queues', { body })).toMatchObject({ status: 201 });

    expect(await fill()).toBe(0);
    await setHealth('down');
    const rounds = await Promise.all([fill(), fill(), fill(), fill()]);
    await fill();
    const made = await filled();
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(new Set(made.map(({ account, role, source }) => `${account} ${role} ${source}`))).toEqual(
      new Set([`${reels} fill fill`]),
    );
    expect(new Set(made.map(({ at }) => at.getTime())).size).toBe(2);
    expect(new Set(made.map(({ post }) => post)).size).toBe(2);
  });
});
