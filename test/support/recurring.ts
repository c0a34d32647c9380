import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { PlanRecurrences } from '../../src/planning/application/recurring/plan-recurrences.js';
import type { RoomServer } from './library.js';
import { addAccount, startPlanning, uploadClip } from './planning.js';

/** `YYYY-MM-DD`, so many days from today. */
export const day = (n: number) => new Date(Date.now() + n * DAY_MS).toISOString().slice(0, 10);

/** For each test of the suite that calls it: two accounts, a video, and no post that recurs. */
export const withRecurringPosts = () => {
  const accounts = { tiktok: '', shorts: '' };
  let rooms: RoomServer;
  let media: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    accounts.tiktok = await addAccount(rooms, 'tiktok');
    accounts.shorts = await addAccount(rooms, 'shorts');
  });
  afterAll(() => rooms.close());
  // What others left recurs no more: no round has to plan it.
  beforeEach(() => rooms.db.database.affected('update recurrence set removed_at = now() where removed_at is null'));

  const send: RoomServer['send'] = (...request) => rooms.send(...request);
  const post = async (kind = 'evergreen'): Promise<string> => {
    const { body } = await send('POST', '/v1/posts', { body: { caption: 'Tea', kind, mediaIds: [media] } });
    return body.id;
  };
  const put = (id: string, more: object = {}, headers: Record<string, string> = {}) =>
    send('PUT', `/v1/posts/${id}/recurrence`, {
      body: {
        rule: 'FREQ=DAILY',
        start: `${day(-3)}T12:00`,
        timezone: 'UTC',
        targets: [{ accountId: accounts.tiktok }],
        ...more,
      },
      headers,
    });
  const recurring = async (more: object = {}): Promise<string> => {
    const id = await post();
    expect(await put(id, more)).toMatchObject({ status: 200 });
    return id;
  };
  const at = (id: string, n: number) => `/v1/posts/${id}/recurrence/occurrences/${day(n)}T12:00`;
  const change = (id: string, n: number, body: object) => send('PATCH', at(id, n), { body });
  const targetsOf = (id: string) =>
    rooms.db.database.rows<{
      day: string;
      status: string;
      caption: string;
      stale: string;
      account: string;
      id: string;
    }>(
      `select t.id, to_char(t.local_time, 'YYYY-MM-DD"T"HH24:MI') as day, t.status, t.content->>'caption' as caption,
              extract(epoch from t.stale_at - t.scheduled_at)::int::text as stale, t.account_id as account
         from target t where t.post_id = $1 order by t.scheduled_at, t.created_at, t.id`,
      [id],
    );
  const waiting = async (id: string) => (await targetsOf(id)).filter(({ status }) => status === 'scheduled');
  const list = async (id: string, query = '') =>
    (await send('GET', `/v1/posts/${id}/recurrence/occurrences?${query}`)).body;
  const planner = () => rooms.app.get(PlanRecurrences, { strict: false });
  const database = () => rooms.db.database;
  return { accounts, post, put, recurring, at, change, targetsOf, waiting, list, planner, database, send };
};
