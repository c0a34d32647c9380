import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { EventFeed } from '../../src/infra/outbox/event-feed.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { StreamEvents } from '../../src/workspaces/http/events/stream-events.js';
import { until } from '../support/app.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly displayName?: string; readonly reason?: string };
}

/** An event stream as a browser reads it. */
class Reader {
  readonly messages: Message[] = [];
  lastId = '';
  text = '';
  status = 0;
  isOver = false;
  private readonly abort = new AbortController();

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  async open(): Promise<this> {
    const response = await fetch(this.url, { headers: this.headers, signal: this.abort.signal });
    this.status = response.status;
    if (response.ok) void this.read(response).catch(() => undefined);
    else this.text = await response.text();
    if (response.ok) await until(() => this.lastId !== '', 'the stream to begin');
    return this;
  }

  leave(): void {
    this.abort.abort();
  }

  private async read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        this.take(rest.slice(0, end));
        rest = rest.slice(end + 2);
      }
    }
    this.isOver = true;
  }

  private take(block: string): void {
    this.text += `${block}\n\n`;
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.lastId = line.slice(4);
      if (line.startsWith('data: ')) this.messages.push(JSON.parse(line.slice(6)));
    }
  }
}

describe('following events', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let key: string;
  let workspaceId: string;
  let stranger: { key: string; workspaceId: string };
  let url: string;
  const readers: Reader[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, { imports: [WorkspacesModule] });
    const first = await partial.app.get(BootstrapWorkspace).execute();
    key = first.apiKey ?? '';
    workspaceId = first.workspaceId;
    const tenant = { name: 'Other', region: 'us', timeZone: 'UTC' };
    const other = (await partial.send({ method: 'POST', path: '/v1/workspaces', key, body: tenant })).body;
    stranger = { key: other.apiKey, workspaceId: other.id };
    url = `${await partial.app.getUrl()}/v1/events`;
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(() => db.database.affected(`truncate event`));
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.leave();
  });

  const tell = (displayName: string, owner = workspaceId) => db.database.run((tx) => append(displayName, owner, tx));
  const append = (displayName: string, owner: string, tx: Parameters<EventOutbox['append']>[1]) => {
    const payload = { accountId: newId(), platform: 'tiktok', region: 'us', displayName, status: 'paused' };
    const event = { workspaceId: owner, type: 'account.paused' as const, subjectId: 'x', payload };
    return partial.app.get(EventOutbox).append([event], tx);
  };
  const tellAll = () =>
    db.database.run((tx) => {
      const payload = { platform: 'tiktok', region: 'us', state: 'down', reason: 'uploads fail' };
      return partial.app
        .get(EventOutbox)
        .append([{ workspaceId: null, type: 'platform.down', subjectId: 'x', payload }], tx);
    });
  const follow = (query = '', headers = {}, as = key) => {
    const reader = new Reader(url + query, { authorization: `Bearer ${as}`, accept: 'text/event-stream', ...headers });
    readers.push(reader);
    return reader.open();
  };
  const names = (reader: Reader) => reader.messages.map(({ data }) => data.displayName ?? data.reason);
  const page = async (query = '') =>
    (await partial.send({ path: `/v1/events${query}`, key, headers: { accept: 'application/json' } })).body;

  const followers = () => partial.app.get(EventFeed).followerCount;

  it('streams what happens from now on: the own workspace and platforms, nothing of others', async () => {
    await tell('before');
    await until(async () => (await page()).items.length === 1, 'the first event to be readable');
    const [mine, theirs, some] = await Promise.all([
      follow(),
      follow('', {}, stranger.key),
      follow('?types=platform.down,post.published'),
    ]);
    await tell('mine');
    await tell('theirs', stranger.workspaceId);
    await tellAll();
    await until(() => mine?.messages.length === 2 && theirs?.messages.length === 2, 'both to hear');
    expect(mine && names(mine)).toEqual(['mine', 'uploads fail']);
    expect(theirs && names(theirs)).toEqual(['theirs', 'uploads fail']);
    expect(some && names(some)).toEqual(['uploads fail']);
    expect(mine?.text).toMatch(/^id: \d+-\d+\nevent: account\.paused\ndata: \{.*\}$/m);
  });

  it('resumes behind the last id, by header or query, and first tells what was missed, in order', async () => {
    const first = await follow();
    await tell('one');
    await until(() => first.messages.length === 1, 'the first event');
    first.leave();
    for (let n = 0; n < 1_200; n += 100)
      await db.database.run(async (tx) => {
        for (let k = n; k < n + 100; k += 1) await append(`m${k}`, workspaceId, tx);
      });
    const [byHeader, byQuery] = await Promise.all([
      follow('', { 'last-event-id': first.lastId }),
      follow(`?after=${first.messages[0]?.id}`),
    ]);
    await tell('last');
    const expected = [...Array.from({ length: 1_200 }, (_, n) => `m${n}`), 'last'];
    await until(() => byHeader?.messages.length === 1_201 && byQuery?.messages.length === 1_201, 'all of them');
    expect(byHeader && names(byHeader)).toEqual(expected);
    expect(byQuery && names(byQuery)).toEqual(expected);
  });

  it('skips and repeats nothing, and keeps one order for all, while transactions overlap', async () => {
    const live = await follow();
    const start = live.lastId;
    const resumed: Reader[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 15; n += 1)
        await db.database.run(async (tx) => {
          await append(`${writer}-${n}-a`, workspaceId, tx);
          await db.database.rows(`select pg_sleep(random() * 0.02)`, [], tx);
          await append(`${writer}-${n}-b`, workspaceId, tx);
        });
    });
    for (let n = 0; n < 5; n += 1) resumed.push(await follow('', { 'last-event-id': start }));
    await Promise.all(writers);
    const all = [live, ...resumed];
    await until(() => all.every((reader) => reader.messages.length >= 240), 'everyone to have all');
    const [order] = all.map(names);
    expect(new Set(order).size).toBe(240);
    for (const reader of all) expect(names(reader)).toEqual(order);
    let cursor = start;
    const polled: Message[] = [];
    for (let items = [undefined]; items.length > 0;) {
      const answer = await page(`?limit=50&cursor=${cursor}`);
      ({ items, nextCursor: cursor } = answer);
      polled.push(...answer.items);
    }
    expect(polled.map(({ data }) => data.displayName)).toEqual(order);
  });

  it('orders transactions by number where they gain a digit, for consumers, streams and pages', async () => {
    await db.database.affected(
      `insert into event (xid, workspace_id, type, subject_id, payload)
       select x::text::xid8, $1, 'account.paused', 'x', jsonb_build_object('displayName', x::text)
         from unnest(array[100, 9, 99, 10]) as x`,
      [workspaceId],
    );
    const read: unknown[] = [];
    for (let handled = 1; handled > 0;)
      handled = await partial.app.get(EventOutbox).consume('digits', 3, async (events) => {
        read.push(...events.map(({ payload }) => payload.displayName));
      });
    expect(read).toEqual(['9', '10', '99', '100']);
    expect((await page()).items.map(({ data }: Message) => data.displayName)).toEqual(read);
  });

  it('reads the outbox once for all, and not at all when nobody follows', async () => {
    const horizon = EventOutbox.prototype.horizon;
    let looks = 0;
    EventOutbox.prototype.horizon = function (...args) {
      looks += 1;
      return horizon.apply(this, args);
    };
    try {
      const many = await Promise.all(Array.from({ length: 15 }, () => follow()));
      looks = 0;
      await tell('x');
      await until(() => many.every((reader) => reader.messages.length === 1), 'all to hear');
      expect(looks).toBeLessThan(10);
      for (const reader of many) reader.leave();
      await until(() => followers() === 0, 'all to have left');
    } finally {
      EventOutbox.prototype.horizon = horizon;
    }
  });

  it('refuses a wrong id, an unknown type and one stream too many, in words', async () => {
    for (const id of ['x', '1', '99999999999999999999-1', '1-99999999999999999999', '9999999999-1'])
      expect(await follow(`?after=${id}`)).toMatchObject({
        status: 400,
        text: expect.stringContaining('event.bad_position'),
      });
    expect(await follow('?types=post.eaten')).toMatchObject({ status: 400 });
    await Promise.all(Array.from({ length: 20 }, () => follow()));
    expect(await follow()).toMatchObject({ status: 429, text: expect.stringContaining('event.too_many_streams') });
    expect((await follow('', {}, stranger.key)).status).toBe(200);
    readers.splice(0).forEach((reader) => reader.leave());
    await until(async () => (await follow()).status === 200, 'a seat to be free again');
  });

  it('drops a reader that does not read, and goes on for the others', async () => {
    partial.app.get(StreamEvents).limits = { heartbeatMs: 100, drainWithinMs: 2_000 };
    const { port, hostname } = new URL(url);
    const deaf = connect(Number(port), hostname);
    deaf.write(
      `GET /v1/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${key}\r\n\r\n`,
    );
    await new Promise((resolve) => deaf.once('readable', resolve));
    deaf.pause();
    const attentive = await follow();
    expect(followers()).toBe(2);
    // More than the buffers of a loopback connection take.
    const long = 'x'.repeat(200_000);
    for (let n = 0; n < 60; n += 1) await tell(long);
    await until(() => followers() === 1, 'the deaf one to be dropped');
    await tell('still here');
    await until(() => names(attentive).at(-1) === 'still here', 'the other one to hear');
    expect(attentive.messages).toHaveLength(61);
    await until(() => attentive.text.includes(': alive\n'), 'a sign of life');
    deaf.destroy();
  });

  it('ends the streams when the process stops, and says how to go on', async () => {
    const own = await startPartialApp(db, { imports: [WorkspacesModule] });
    const reader = new Reader(`${await own.app.getUrl()}/v1/events`, { authorization: `Bearer ${key}` });
    await reader.open();
    await own.stop();
    await until(() => reader.isOver, 'the stream to end');
    expect(reader.text).toContain(': the server stops: connect again with Last-Event-ID');
  });
});
