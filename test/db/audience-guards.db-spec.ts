import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GuardBroadcasts } from '../../src/audience/application/sending/guard-broadcasts.js';
import { DeliveryReports } from '../../src/audience/domain/bounces/delivery-reports.port.js';
import { Broadcasts } from '../../src/audience/domain/sending/broadcasts.port.js';
import { GUARDED_FROM } from '../../src/audience/domain/sending/guards.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('what comes back while a broadcast is sent', () => {
  let db: TestDatabase;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db);
    await seedPeople(app, GUARDED_FROM);
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('truncate delivery_report, broadcast_recipient, broadcast, event cascade');
  });

  /** On its way, and taken by everybody's server. */
  const sendingBroadcast = async (accepted = GUARDED_FROM): Promise<string> => {
    const id = newId();
    await db.database.affected(
      `insert into broadcast (id, workspace_id, kind, status, subject, body_text) values ($1, $2, 'news', 'sending', 's', 'b')`,
      [id, app.workspaceId],
    );
    await db.database.affected(
      `insert into broadcast_recipient (broadcast_id, workspace_id, subscriber_id, address_hmac, state, message_id)
       select $1::uuid, workspace_id, id, email_hmac, 'accepted', '<' || id || '>' from subscriber limit $2`,
      [id, accepted],
    );
    return id;
  };
  const complain = (broadcastId: string, people: number) =>
    db.database.affected(
      `insert into delivery_report (id, workspace_id, broadcast_id, subscriber_id, kind, is_final, source, domain,
                                    evidence, report_key)
       select gen_random_uuid(), workspace_id, broadcast_id, subscriber_id, 'complaint', true, 'mail', 'example.net', 'spam',
              subscriber_id::text from broadcast_recipient where broadcast_id = $1 limit $2`,
      [broadcastId, people],
    );
  const guard = () => app.partial.app.get(GuardBroadcasts).runOnce();
  const read = async (id: string) => (await app.api('GET', `/v1/broadcasts/${id}`)).body;

  it('pauses it when too many complain, says why, and tells followers', async () => {
    const id = await sendingBroadcast();
    await complain(id, 1);
    expect(await guard()).toMatchObject([{ level: 'warn', broadcastId: id }, { level: 'warn' }]);
    expect((await read(id)).status).toBe('sending');
    await complain(await sendingBroadcast(GUARDED_FROM - 1), 400);
    await db.database.affected('delete from delivery_report where broadcast_id = $1', [id]);
    await complain(id, 2);
    await guard();
    const pauseReason = '2 complaints in 500 accepted mails.';
    expect(await read(id)).toMatchObject({ status: 'paused', pauseReason });
    const events = await db.database.rows(
      `select payload ->> 'reason' as reason from event where type = 'broadcast.paused'`,
    );
    expect(events).toEqual([{ reason: pauseReason }]);
  });

  it('guards the others when one cannot be looked at', async () => {
    const [first = '', second = ''] = [await sendingBroadcast(), await sendingBroadcast()];
    await complain(first, 2);
    await complain(second, 2);
    const reports = app.partial.app.get(DeliveryReports);
    const tally = reports.tally.bind(reports);
    reports.tally = (id) => (id === first ? Promise.reject(new Error('Unreadable.')) : tally(id));
    try {
      await expect(guard()).rejects.toThrow('1 broadcasts could not be guarded.');
    } finally {
      reports.tally = tally;
    }
    expect([(await read(first)).status, (await read(second)).status]).toEqual(['sending', 'paused']);
  });

  it('lets a person go on all the same, who has read why', async () => {
    const id = await sendingBroadcast();
    await complain(id, 2);
    await guard();
    const resumed = await app.api('POST', `/v1/broadcasts/${id}/resume`);
    expect(resumed).toMatchObject({ status: 200, body: { status: 'sending' } });
    expect(resumed.body).not.toHaveProperty('pauseReason');
    expect(await guard()).toEqual([]);
    expect((await read(id)).status).toBe('sending');
    await app.partial.app.get(Broadcasts).finishDone();
    const sent = await read(id);
    expect(sent.status).toBe('sent');
    expect(sent).not.toHaveProperty('pauseReason');
  });
});
