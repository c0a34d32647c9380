import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NewsletterDoor } from '../../src/audience/newsletter-door.js';
import { type AudienceApp, startAudience } from '../support/audience.js';
import { type Listmonk, startListmonk } from '../support/listmonk.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const TOKEN = 'listmonk-token-canary';

describe('handing a broadcast to listmonk', () => {
  let db: TestDatabase;
  let listmonk: Listmonk;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    listmonk = await startListmonk(`perennial:${TOKEN}`);
    app = await startAudience(db, {
      smtpUrl: 'smtp://127.0.0.1:9',
      replace: new Map([[NewsletterDoor, new NewsletterDoor({ allow: ['127.0.0.1/32'] })]]),
    });
  });
  afterAll(async () => {
    await app.stop();
    await listmonk.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('delete from newsletter_hand_off');
    await db.database.affected('delete from newsletter');
    listmonk.campaigns.length = 0;
    listmonk.fault = 'none';
  });

  const connect = (change: object = {}) =>
    app.api('PUT', '/v1/newsletter', {
      url: listmonk.url,
      username: 'perennial',
      token: TOKEN,
      listIds: [1],
      ...change,
    });
  const draft = async (bodyText = 'Hello {{ unsubscribeUrl }}') =>
    (await app.api('POST', '/v1/broadcasts', { kind: 'news', subject: 'Hello', bodyText })).body.id as string;
  const hand = (id: string, body: object = {}) => app.api('POST', `/v1/broadcasts/${id}/newsletter`, body);

  it('makes one campaign of it, with the way out of listmonk, and lets it go when asked to', async () => {
    await connect();
    const id = await draft();
    const first = await hand(id);
    expect(first).toMatchObject({ status: 200, body: { campaignId: 1 } });
    expect(listmonk.campaigns).toMatchObject([
      { status: 'draft', lists: [1], subject: 'Hello', content_type: 'plain', body: 'Hello {{ UnsubscribeURL }}' },
    ]);
    expect((await hand(id, { start: true })).body).toEqual({ campaignId: 1 });
    expect((await hand(id, { start: true })).status).toBe(200);
    expect(listmonk.campaigns).toMatchObject([{ status: 'running' }]);
  });

  it('finds the campaign whose answer was lost instead of making another', async () => {
    await connect();
    const id = await draft();
    listmonk.fault = 'lost-answer';
    expect(await hand(id)).toMatchObject({ status: 503, body: { code: 'newsletter.unclear' } });
    listmonk.fault = 'none';
    expect((await hand(id)).body).toEqual({ campaignId: 1 });
    expect(listmonk.campaigns).toHaveLength(1);
  });

  it('makes one campaign when it is handed over twice at once, and says so to the second', async () => {
    await connect();
    const id = await draft();
    let second: Awaited<ReturnType<typeof hand>> | undefined;
    // Asked again while the first call is under way.
    listmonk.onCreate = async () => {
      listmonk.onCreate = () => undefined;
      second = await hand(id);
    };
    expect((await hand(id)).body).toEqual({ campaignId: 1 });
    expect(second).toMatchObject({ status: 409, body: { code: 'newsletter.under_way' } });
    expect(listmonk.campaigns).toHaveLength(1);
    expect((await hand(id)).body).toEqual({ campaignId: 1 });
  });

  it('looks for the campaign of a hand-over that died on the way', async () => {
    await connect();
    const id = await draft();
    await hand(id);
    await db.database.affected(
      `update newsletter_hand_off set state = 'intended', campaign_id = null, intent_at = now() - interval '3 minutes'`,
    );
    expect((await hand(id)).body).toEqual({ campaignId: 1 });
    expect(listmonk.campaigns).toHaveLength(1);
  });

  it('says what was refused and by whom, and can be asked again', async () => {
    await connect({ listIds: [9] });
    const id = await draft();
    expect(await hand(id)).toMatchObject({ status: 409, body: { code: 'newsletter.refused' } });
    await connect();
    expect((await hand(id)).status).toBe(200);
    await connect({ token: 'wrong-token' });
    expect((await app.api('GET', '/v1/newsletter/lists')).body).toMatchObject({ code: 'newsletter.refused' });
    await connect({ url: 'http://127.0.0.1:9' });
    expect((await app.api('GET', '/v1/newsletter/lists')).body).toMatchObject({ code: 'newsletter.unreachable' });
  });

  it('shows its lists; keeps its token encrypted, and never sends it to another address', async () => {
    await connect();
    expect((await app.api('GET', '/v1/newsletter/lists')).body.items).toMatchObject([
      { id: 1, name: 'Readers', subscribers: 12 },
      { id: 2 },
    ]);
    const shown = await app.api('GET', '/v1/newsletter');
    expect(JSON.stringify(shown.body)).not.toContain(TOKEN);
    const [row] = await db.database.rows<{ sealed: Buffer }>('select token_enc as sealed from newsletter');
    expect(row?.sealed.toString('latin1')).not.toContain(TOKEN);
    expect((await connect({ token: undefined, listIds: [2] })).status).toBe(200);
    expect((await connect({ token: undefined, url: 'http://127.0.0.1:10' })).body.code).toBe(
      'newsletter.token_missing',
    );
    expect((await connect({ url: 'https://192.168.0.1' })).body.code).toBe('url.refused');
    expect((await connect({ token: null })).status).toBe(400);
    expect((await app.api('DELETE', '/v1/newsletter')).status).toBe(204);
    expect((await hand(await draft())).body.code).toBe('newsletter.not_found');
  });
});
