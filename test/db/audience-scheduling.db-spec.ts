import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ScheduleBroadcast } from '../../src/audience/application/sending/schedule-broadcast.js';
import { StartBroadcast } from '../../src/audience/application/sending/start-broadcast.js';
import { Broadcasts } from '../../src/audience/domain/sending/broadcasts.port.js';
import { type AudienceApp, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('scheduled broadcasts', () => {
  let db: TestDatabase;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db, { smtpUrl: 'smtp://127.0.0.1:9' });
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('truncate broadcast, subscriber, consent cascade');
    await seedPeople(app, 2);
  });

  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const schedule = (id: string, scheduledAt = inHours(1)) =>
    app.api('POST', `/v1/broadcasts/${id}/schedule`, { scheduledAt });
  const scheduled = async (bodyText = 'Hi'): Promise<string> => {
    const { id } = (await app.api('POST', '/v1/broadcasts', { kind: 'news', subject: 'News', bodyText })).body;
    expect((await schedule(id)).status).toBe(202);
    return id;
  };
  const timeComes = () => db.database.affected(`update broadcast set scheduled_at = now() - interval '1 second'`);
  const startDue = () => app.partial.app.get(ScheduleBroadcast).startDue();
  const read = async (id: string) => (await app.api('GET', `/v1/broadcasts/${id}`)).body;
  /** What somebody does between the look for what is due and its start. */
  const meanwhile = async (change: () => Promise<unknown>) => {
    const broadcasts = app.partial.app.get(Broadcasts);
    const look = broadcasts.scheduledDue.bind(broadcasts);
    broadcasts.scheduledDue = async () => {
      const due = await look();
      await change();
      return due;
    };
    return startDue().finally(() => (broadcasts.scheduledDue = look));
  };

  it('start when their time has come, to who is on the list then', async () => {
    const id = await scheduled();
    expect(await startDue()).toBe(0);
    await db.database.affected(`delete from consent`);
    await db.database.affected(`delete from subscriber where email = 'p1@example.net'`);
    await timeComes();
    expect(await startDue()).toBe(1);
    expect(await read(id)).toMatchObject({ status: 'sending', recipients: 1 });
    expect(await startDue()).toBe(0);
  });

  it('are drafts again that say why when they cannot start', async () => {
    const id = await scheduled();
    await db.database.affected(`update subscriber set status = 'unsubscribed'`);
    await timeComes();
    expect(await startDue()).toBe(0);
    expect(await read(id)).toMatchObject({ status: 'draft', pauseReason: 'broadcast.no_recipients' });
  });

  it('stay drafts when somebody took them back at the last moment', async () => {
    const id = await scheduled();
    await timeComes();
    expect(await meanwhile(() => app.api('POST', `/v1/broadcasts/${id}/unschedule`))).toBe(0);
    expect(await read(id)).toMatchObject({ status: 'draft', recipients: 0 });
  });

  it('wait for their new time when somebody put them off at the last moment', async () => {
    const id = await scheduled();
    await timeComes();
    const scheduledAt = inHours(24);
    expect(await meanwhile(() => schedule(id, scheduledAt))).toBe(0);
    expect(await read(id)).toMatchObject({ status: 'scheduled', scheduledAt, recipients: 0 });
  });

  it('keep no other waiting when one fails', async () => {
    const [broken, sound] = [await scheduled(), await scheduled()];
    await timeComes();
    const start = app.partial.app.get(StartBroadcast);
    const execute = start.execute.bind(start);
    start.execute = (ref, tx) => (ref.id === broken ? Promise.reject(new Error('a bug')) : execute(ref, tx));
    await expect(startDue().finally(() => (start.execute = execute))).rejects.toThrow(
      '1 broadcasts could not be started.',
    );
    expect([(await read(broken)).status, (await read(sound)).status]).toEqual(['scheduled', 'sending']);
  });
});
