import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendBroadcasts } from '../../src/audience/application/sending/send-broadcasts.js';
import type { MailServer } from '../../src/audience/domain/sending/mail-server.js';
import { MailServers } from '../../src/audience/domain/sending/mail-servers.port.js';
import { type AudienceApp, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const PLAN = { from: '2026-01-25', first: 50, factor: 2, until: 100_000 };
const server = (id: string, change: Partial<MailServer>): MailServer => ({
  ...{
    id,
    workspaceId: null,
    name: `${id}:25`,
    priority: 1,
    connections: 10,
    perSecond: null,
    warmUp: null,
    version: 1,
  },
  ...change,
});

/** Servers that take everything; what a warming one may send today is counted as the real ones do. */
class OpenServers extends MailServers {
  servers: readonly MailServer[] = [];
  allowedToday = 0;
  reserved = 0;
  readonly taken: string[] = [];

  override of = async () => this.servers;
  override send = async ({ id }: MailServer) => {
    this.taken.push(id);
    return { kind: 'accepted' as const, reply: '250', server: id };
  };
  override reserve = async ({ warmUp }: MailServer, wanted: number) => {
    if (warmUp === null) return Infinity;
    const granted = Math.min(wanted, this.allowedToday - this.reserved);
    this.reserved += granted;
    return granted;
  };
  override giveBack = async (_: MailServer, unused: number) => {
    this.reserved -= unused;
  };
}

describe('a server that warms up', () => {
  let db: TestDatabase;
  let app: AudienceApp;
  const servers = new OpenServers();

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db, { replace: new Map<unknown, unknown>([[MailServers, servers]]) });
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('truncate broadcast, subscriber, consent cascade');
    [servers.reserved, servers.taken.length] = [0, 0];
  });

  const sendTo = async (people: number) => {
    await seedPeople(app, people);
    const { id } = (await app.api('POST', '/v1/broadcasts', { kind: 'news', subject: 'News', bodyText: 'Hi' })).body;
    expect((await app.api('POST', `/v1/broadcasts/${id}/send`)).status).toBe(202);
    await app.partial.app.get(SendBroadcasts).runOnce();
    return (await app.api('GET', `/v1/broadcasts/${id}`)).body.counts;
  };

  it('sends all that its day allows, however many batches that takes', async () => {
    servers.servers = [server('new', { warmUp: PLAN })];
    servers.allowedToday = 950;
    expect(await sendTo(900)).toMatchObject({ accepted: 900, pending: 0 });
    expect(servers.reserved).toBe(900);
  });

  it('sends no more than its day allows', async () => {
    servers.servers = [server('new', { warmUp: PLAN })];
    servers.allowedToday = 450;
    expect(await sendTo(900)).toMatchObject({ accepted: 450, pending: 450 });
    expect(servers.reserved).toBe(450);
  });

  it('gives back what it reserved and another server sent', async () => {
    servers.servers = [server('warm', { priority: 1 }), server('new', { priority: 2, connections: 1, warmUp: PLAN })];
    servers.allowedToday = 1_000;
    expect(await sendTo(500)).toMatchObject({ accepted: 500 });
    expect(servers.taken).toHaveLength(500);
    expect(servers.reserved).toBe(servers.taken.filter((id) => id === 'new').length);
  });
});
