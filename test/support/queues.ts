import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { HorizonJob } from '../../src/planning/jobs/queues/horizon.job.js';
import type { RoomServer } from './library.js';
import { addAccount, startPlanning, uploadClip } from './planning.js';

/** A run that stands on a slot. */
export interface Run {
  readonly occurrenceId: string;
  readonly postId: string;
  readonly at: Date;
  readonly account: string;
  readonly caption: string;
  readonly status: string;
  readonly localTime: string;
  readonly zone: string;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** For each test of the suite that calls it: two accounts, a video, a tag of its own, and no queue. */
export const withQueues = () => {
  const ours = { media: '', reels: '', telegram: '', tag: '' };
  let rooms: RoomServer;
  let serial = 0;

  beforeAll(async () => {
    rooms = await startPlanning();
    ours.media = await uploadClip(rooms);
    ours.reels = await addAccount(rooms, 'reels');
    ours.telegram = await addAccount(rooms, 'telegram');
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    await rooms.db.database.affected('update queue set deleted_at = now()');
    await rooms.db.database.affected('delete from slot_account');
    await rooms.db.database.affected('delete from slot_reservation');
    await rooms.db.database.affected(`update target set status = 'cancelled' where status = 'scheduled'`);
    serial += 1;
    ours.tag = `tag-${serial}`;
  });

  const send: RoomServer['send'] = (...request) => rooms.send(...request);
  const evergreen = async (caption: string, rest: object = {}): Promise<string> => {
    const body = { kind: 'evergreen', caption, mediaIds: [ours.media], tags: [ours.tag], ...rest };
    const answer = await send('POST', '/v1/posts', { body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const slots = (time = '18:30', days = EVERY_DAY) =>
    days.map((dayOfWeek) => ({ dayOfWeek, time, categories: [ours.tag] }));
  const createQueue = async (rest: object = {}) => {
    const body = {
      name: `Queue ${newId()}`,
      timezone: 'Europe/Paris',
      accountIds: [ours.telegram],
      slots: slots(),
      ...rest,
    };
    const answer = await send('POST', '/v1/queues', { body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body as { id: string; slots: { id: string }[] };
  };
  const runs = (queueId: string) =>
    rooms.db.database.rows<Run>(
      `select t.occurrence_id as "occurrenceId", t.post_id as "postId", t.scheduled_at as at, t.account_id as account,
              t.content ->> 'caption' as caption, t.status, to_char(t.local_time, 'HH24:MI') as "localTime", t.zone
         from slot_reservation r join target t on t.occurrence_id = r.occurrence_id
        where r.queue_id = $1 and t.status <> 'cancelled' order by t.scheduled_at, t.account_id`,
      [queueId],
    );
  const act = (id: string, action: string, body: object = {}) => send('POST', `/v1/queues/${id}/${action}`, { body });
  const planAll = () => rooms.app.get(HorizonJob, { strict: false }).runOnce();
  const database = () => rooms.db.database;
  const part = <T>(type: abstract new (...args: never[]) => T): T => rooms.app.get(type as never, { strict: false });
  const workspaceId = () => rooms.workspaceId;
  return { workspaceId, ours, evergreen, slots, createQueue, runs, act, planAll, send, database, part };
};
