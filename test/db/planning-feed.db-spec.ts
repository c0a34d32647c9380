import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { Answer, RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const ODD = 'Tea, in a minute; really\\now\nsecond line: "ok" 🍵 ' + 'long words '.repeat(20).trim();

describe('calendar feeds', () => {
  let rooms: RoomServer;
  let media: string;
  let account: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    account = await addAccount(rooms, 'tiktok');
  });
  afterAll(() => rooms.close());

  const makeFeed = async (name = 'Plan, mine'): Promise<{ id: string; path: string; url: string }> => {
    const { status, body } = await rooms.send('POST', '/v1/calendar/feeds', { body: { name } });
    expect(status).toBe(201);
    return { id: body.id, url: body.url, path: new URL(body.url).pathname };
  };
  const plan = async (caption: string, days: number, rest: object = {}): Promise<{ id: string; targetId: string }> => {
    const scheduledAt = new Date(Date.now() + days * 86_400_000).toISOString();
    const { body } = await rooms.send('POST', '/v1/posts', {
      body: { caption, mediaIds: [media], scheduledAt, targets: [{ accountId: account }], ...rest },
    });
    return { id: body.id, targetId: body.targets[0].id };
  };
  const read = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    rooms.send('GET', path, { headers, key: 'nobody' });
  const eventsOf = (answer: Answer): Map<string, ICAL.Event> => {
    const calendar = new ICAL.Component(ICAL.parse(String(answer.body)));
    const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
    return new Map(events.map((event) => [event.uid, event]));
  };

  it('are read back by another program word for word, in UTC, with one id for life', async () => {
    const { path } = await makeFeed();
    const { targetId, id } = await plan(ODD, 3, { tags: ['tea, green', 'now'] });
    const first = await read(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const calendar = new ICAL.Component(ICAL.parse(String(first.body)));
    // A parser leaves what it does not know as it was written: with its comma escaped.
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Plan\\, mine');
    expect(calendar.getFirstPropertyValue('x-wr-timezone')).toBe('UTC');
    const event = eventsOf(first).get(targetId);
    expect(event?.description).toContain(ODD);
    expect(event?.summary).toMatch(/^TikTok · tiktok account: Tea, in a minute; really\\now$/);
    expect(event?.component.getFirstProperty('categories')?.getValues()).toEqual(['tea, green', 'now']);
    expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    const row = await rooms.db.database.row<{ at: Date }>(`select scheduled_at as at from target where id = $1`, [
      targetId,
    ]);
    expect(event?.startDate.toJSDate()).toEqual(new Date(Math.floor((row?.at.getTime() ?? 0) / 1000) * 1000));
    expect(event?.startDate.zone.tzid).toBe('UTC');
    for (const line of String(first.body).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);

    await rooms.send('PATCH', `/v1/posts/${id}`, { body: { caption: 'Coffee' } });
    const changed = eventsOf(await read(path)).get(targetId);
    expect(changed?.summary).toContain('Coffee');
    expect(changed?.sequence).toBeGreaterThan(event?.sequence ?? 0);
  });

  it('tell what went out, with the link to the live copy, and what never will', async () => {
    const { path } = await makeFeed();
    const [live, lost] = [await plan('Live', 1), await plan('Lost', 2)];
    await rooms.db.database.affected(
      `update target set status = 'published', published_at = now(), platform_post_id = 'p-1',
              permalink = 'https://tiktok.example/@a/video/1?x=1,2;3' where id = $1`,
      [live.targetId],
    );
    await rooms.send('DELETE', `/v1/posts/${lost.id}`);
    const events = eventsOf(await read(path));
    expect(events.get(live.targetId)?.component.getFirstPropertyValue('url')).toContain('tiktok.example/@a/video/1');
    expect(events.get(live.targetId)?.description).toContain('Live: https://tiktok.example/@a/video/1?x=1,2;3');
    expect(events.get(lost.targetId)?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(events.get(lost.targetId)?.summary).toMatch(/^\[cancelled\]/);
  });

  it('answer 304 to who has them, by tag or by date, until something changes or leaves', async () => {
    const { path } = await makeFeed();
    const { targetId } = await plan('Now', 4);
    const first = await read(path);
    const [etag, since] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    expect((await read(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await read(path, { 'if-modified-since': since })).status).toBe(304);
    await rooms.db.database.affected(
      `update target set scheduled_at = scheduled_at + interval '400 days' where id = $1`,
      [targetId],
    );
    const later = await read(path, { 'if-modified-since': since });
    expect(later.status).toBe(200);
    expect(later.headers.get('etag')).not.toBe(etag);
    expect(Date.parse(later.headers.get('last-modified') ?? '')).toBeGreaterThan(Date.parse(since));
    expect((await read(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('foretell what queues will do, as tentative and under lasting ids', async () => {
    const { path } = await makeFeed();
    const body = { kind: 'evergreen', caption: 'Again and again', mediaIds: [media], tags: ['foretold'] };
    await rooms.send('POST', '/v1/posts', { body });
    const slots = [1, 2, 3, 4, 5, 6, 7].map((dayOfWeek) => ({ dayOfWeek, time: '18:30', categories: ['foretold'] }));
    const queue = { name: 'Evenings, all', timezone: 'Europe/Paris', accountIds: [account], slots };
    expect(await rooms.send('POST', '/v1/queues', { body: queue })).toMatchObject({ status: 201 });
    const first = await read(path);
    const foretold = [...eventsOf(first).values()].filter(({ summary }) => summary.startsWith('[forecast]'));
    expect(foretold.length).toBeGreaterThan(0);
    expect(foretold[0]?.summary).toBe('[forecast] Evenings, all: Again and again');
    expect(foretold[0]?.component.getFirstPropertyValue('status')).toBe('TENTATIVE');
    const again = await read(path);
    expect([...eventsOf(again).keys()]).toEqual([...eventsOf(first).keys()]);
    expect((await read(path, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('have a secret that is shown once, kept as a hash, replaced and revoked', async () => {
    const body = { name: 'Once' };
    const headers = { 'idempotency-key': 'feed-1' };
    const made = await rooms.send('POST', '/v1/calendar/feeds', { body, headers });
    const again = await rooms.send('POST', '/v1/calendar/feeds', { body, headers });
    expect(again.body).toEqual({ ...made.body, url: undefined });
    const { id, url } = made.body;
    const token = /calendar\/([\w-]+)\.ics$/.exec(url)?.[1] ?? '';
    const stored = await rooms.db.database.rows(
      `select f::text as row from calendar_feed f union all select a::text from audit_entry a
       union all select r::text from idempotency_record r`,
    );
    expect(JSON.stringify(stored)).not.toContain(token);
    const { body: list } = await rooms.send('GET', '/v1/calendar/feeds?limit=1');
    expect(list.items).toHaveLength(1);
    expect(JSON.stringify(list)).not.toContain('.ics');

    const rotated = await rooms.send('POST', `/v1/calendar/feeds/${id}/rotate`);
    expect((await read(new URL(url).pathname)).status).toBe(404);
    const fresh = new URL(rotated.body.url).pathname;
    expect((await read(fresh)).status).toBe(200);
    expect((await rooms.send('DELETE', `/v1/calendar/feeds/${id}`)).status).toBe(204);
    expect((await read(fresh)).body).toMatchObject({ status: 404, code: 'calendar_feed.not_found' });
    expect((await rooms.send('DELETE', `/v1/calendar/feeds/${id}`)).status).toBe(404);
    for (const odd of ['x.ics', '%00.ics', `${token}x.ics`, '..%2F..%2Fetc.ics'])
      expect((await read(`/calendar/${odd}`)).status).toBeGreaterThanOrEqual(400);
  });

  it('name what is wrong, and are not made without end', async () => {
    for (const name of ['', '   ', 'x'.repeat(101), 7]) {
      const { status, body } = await rooms.send('POST', '/v1/calendar/feeds', { body: { name } });
      expect({ name, status, field: body.errors?.[0]?.field }).toEqual({ name, status: 400, field: 'name' });
    }
    await rooms.db.database.affected(
      `insert into calendar_feed (id, workspace_id, name, token_hash)
       select gen_random_uuid(), $1, 'n' || i, sha256(i::text::bytea) from generate_series(1, 60) i`,
      [rooms.workspaceId],
    );
    const { status, body } = await rooms.send('POST', '/v1/calendar/feeds', { body: { name: 'One more' } });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'calendar_feed.too_many' });
  });
});
