import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { AccountEventData } from '../../src/kernel/event-catalogue.js';
import { newId } from '../../src/kernel/ids.js';
import { WebhookDoor } from '../../src/workspaces/domain/webhooks/webhooks.port.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { GuardedWebhookDoor } from '../../src/workspaces/infrastructure/webhooks/guarded-webhook-door.js';
import { WebhookSender } from '../../src/workspaces/jobs/webhooks/webhook-sender.js';
import { WebhooksJob } from '../../src/workspaces/jobs/webhooks/webhooks.job.js';
import { until } from './app.js';
import { type PartialApp, startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { Receiver } from './receiver.js';

/**
 * For each test of the suite that calls it: a workspace without webhooks, and a receiver that takes everything.
 * @param timeoutMs how long the receiver may take; no test but those of slow ones should depend on it
 */
export const withWebhooks = (timeoutMs = 20_000) => {
  const receiver = new Receiver();
  let db: TestDatabase;
  let partial: PartialApp;
  let key: string;
  let workspaceId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    const door = new GuardedWebhookDoor({ allow: ['127.0.0.1/32'] }, timeoutMs);
    partial = await startPartialApp(db, { imports: [WorkspacesModule], replace: new Map([[WebhookDoor, door]]) });
    const first = await partial.app.get(BootstrapWorkspace).execute();
    key = first.apiKey ?? '';
    workspaceId = first.workspaceId;
    await receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    await partial.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected(`delete from webhook`);
    receiver.received.length = 0;
    receiver.answer = (response) => void response.writeHead(204).end();
  });

  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    partial.send({ method, path: `/v1/webhooks${path}`, key, body, headers });
  const create = async (path: string, events: string[] = []) =>
    (await send('POST', '', { url: receiver.url + path, events })).body;
  const payload = (displayName = 'A'): AccountEventData => ({
    accountId: newId(),
    platform: 'tiktok',
    region: 'us',
    displayName,
    status: 'disconnected',
  });
  const tell = (displayName?: string, type: 'account.disconnected' | 'account.paused' = 'account.disconnected') =>
    db.database.run((tx) =>
      partial.app.get(EventOutbox).append([{ workspaceId, type, subjectId: 'x', payload: payload(displayName) }], tx),
    );
  /** The outbox hands nothing out while an older transaction runs, and those of other databases count too. */
  const readable = () =>
    until(
      async () =>
        (await db.database.rows(`select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`)).length ===
        0,
      'the events to be readable',
    );
  const deliver = async () => {
    await readable();
    await partial.app.get(WebhooksJob).runOnce();
    await partial.app.get(WebhookSender).drain();
  };
  /** Lets the waits between tries pass. */
  const soon = () => db.database.affected(`update webhook_delivery set next_at = now() where state = 'waiting'`);
  const log = async (id: string, query = '') => (await send('GET', `/${id}/deliveries${query}`)).body.items;
  /** The newest first page of what has happened, as a reader of events gets it. */
  const events = async () =>
    (await partial.send({ path: '/v1/events', key, headers: { accept: 'application/json' } })).body.items;
  const database = () => db.database;
  const server = () => partial.app;
  return {
    receiver,
    send,
    create,
    tell,
    readable,
    deliver,
    soon,
    log,
    database,
    server,
    payload,
    events,
    ids: () => ({ workspaceId }),
  };
};
