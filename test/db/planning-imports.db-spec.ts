import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ImportWork } from '../../src/planning/domain/bulk/post-imports.port.js';
import { CsvLimits } from '../../src/planning/http/bulk/csv-upload.js';
import { ImportWorkRepository } from '../../src/planning/infrastructure/bulk/import-work.repository.js';
import { countPosts, Imports } from '../support/bulk.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T18:30';

describe('importing posts from CSV over HTTP', () => {
  let rooms: RoomServer;
  let imports: Imports;
  let media: string;
  let account: string;
  let reels: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    imports = new Imports(rooms);
    media = await uploadClip(rooms);
    account = await addAccount(rooms, 'tiktok');
    reels = await addAccount(rooms, 'reels');
    await rooms.db.database.affected(`update account set display_name = 'Tea house'`);
  });
  afterAll(() => rooms.close());
  beforeEach(() => rooms.db.database.affected('truncate post, post_import cascade'));

  /** The process dies at the end of the n-th batch, before its commit. */
  const crashAt = (nth: number): (() => void) => {
    const work = rooms.app.get(ImportWork, { strict: false });
    let batches = 0;
    const finish = jest.spyOn(work, 'finish').mockImplementation((...batch) => {
      batches += 1;
      return batches === nth
        ? Promise.reject(new Error('crash'))
        : ImportWorkRepository.prototype.finish.apply(work, batch);
    });
    return () => finish.mockRestore();
  };

  /** Rows of our own layout, with a caption each. */
  const fileOf = (...rows: readonly string[]) => `caption,mediaId,accounts,scheduledAt\n${rows.join('\n')}\n`;
  const row = (caption: string, rest = `${media},${account},${LATER}`) => `${caption},${rest}`;

  it('judges every row of a dry run, stores no post, and gives bad rows back with the reason', async () => {
    const elsewhere = media.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const file = fileOf(
      ...[row('Good'), '', row('=1+1'), row('Stranger', `${elsewhere},${account},${LATER}`)],
      ...[row('Past', `${media},${account},2001-01-01 10:00`), row('Good')],
      ...[row('Some day', `${media},${account},next Friday`), row('Two "words"')],
    );
    const { status, body } = await imports.send(file, '?dryRun=true');
    expect({ status, state: body.state, layout: body.layout, rows: body.rows }).toEqual({
      ...{ status: 200, state: 'checked', layout: 'perennial' },
      rows: { total: 7, ready: 1, fetching: 0, bad: 5, duplicate: 1, done: 0, failed: 0 },
    });
    expect(await countPosts(rooms)).toBe(0);
    const verdicts = await imports.rows(body.id);
    expect(
      verdicts.map(({ row: no, state, problems }: never) => [
        no,
        state,
        (problems as { column: string; code: string }[]).map(({ column, code }) => [column, code]),
      ]),
    ).toEqual([
      [2, 'ready', []],
      [4, 'bad', [['caption', 'cell.formula']]],
      [5, 'bad', [['mediaId', 'media.not_found']]],
      [6, 'bad', [['scheduledAt', 'schedule.in_past']]],
      [7, 'duplicate', [[undefined, 'row.duplicate']]],
      [8, 'bad', [['scheduledAt', 'cell.unreadable_time']]],
      [9, 'bad', [[undefined, 'row.broken_quotes']]],
    ]);
    const lines = (await imports.errorFile(body.id)).split('\r\n');
    expect(lines[0]).toBe('\ufeffcaption,mediaId,accounts,scheduledAt,errorRow,errorColumn,errorCode,errorMessage');
    expect(lines[1]).toMatch(
      /^'=1\+1,[^,]+,[^,]+,2999-07-01T18:30,4,caption,cell\.formula,"This cell holds a formula\./,
    );
    expect(lines).toHaveLength(8);
  });

  it('imports a file once: the same again answers the first import, and the run goes on after a crash', async () => {
    const file = fileOf(...Array.from({ length: 450 }, (_, n) => row(`Post ${n}`)));
    const first = await imports.send(file);
    expect([first.status, first.body.state]).toEqual([202, 'queued']);
    const stop = crashAt(2);
    await expect(imports.run(first.body.id)).rejects.toThrow('crash');
    stop();
    expect((await imports.read(first.body.id)).rows).toMatchObject({ ready: 250, done: 200 });
    const again = await imports.send(file);
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect(await Promise.all([imports.run(first.body.id), imports.run(first.body.id)])).toContain('done');
    const { state, rows, progress } = await imports.read(first.body.id);
    expect({ state, done: rows.done, progress }).toEqual({ state: 'done', done: 450, progress: 1 });
    const stored = await rooms.db.database.row(
      `select (select count(*)::int from post) as posts, (select count(*)::int from occurrence) as runs,
              (select count(*)::int from target where status = 'scheduled' and scheduled_at = '2999-07-01T18:30Z') as targets,
              (select count(*)::int from post_import) as imports`,
    );
    expect(stored).toEqual({ posts: 450, runs: 450, targets: 450, imports: 1 });
    const other = await imports.send(`${file}${row('One more')}\n`, '?dryRun=true');
    expect(other.body.rows).toMatchObject({ ready: 1, duplicate: 450 });
  });

  it('stops when it is cancelled and goes on when it is started again', async () => {
    const { body } = await imports.send(fileOf(row('One'), row('Two')));
    const cancel = await rooms.send('POST', `/v1/posts/imports/${body.id}/cancel`);
    expect([cancel.status, cancel.body.state]).toEqual([200, 'cancelled']);
    expect(await imports.run(body.id)).toBe('done');
    expect(await countPosts(rooms)).toBe(0);
    const start = await rooms.send('POST', `/v1/posts/imports/${body.id}/start`, { body: {} });
    expect([start.status, start.body.state]).toEqual([202, 'queued']);
    await imports.run(body.id);
    expect(await countPosts(rooms)).toBe(2);
    const late = await rooms.send('POST', `/v1/posts/imports/${body.id}/cancel`);
    expect([late.status, late.body.code]).toEqual([409, 'post_import.not_cancellable']);
  });

  it('imports nothing of a file with a bad row when it is to be all or nothing', async () => {
    const { status, body } = await imports.send(fileOf(row('Good'), row('Bad', ',,')), '?badRows=refuse');
    expect([status, body.state]).toEqual([200, 'refused']);
    const start = await rooms.send('POST', `/v1/posts/imports/${body.id}/start`, { body: {} });
    expect([start.status, start.body.code]).toEqual([409, 'post_import.has_bad_rows']);
    await rooms.send('POST', `/v1/posts/imports/${body.id}/start`, { body: { badRows: 'skip' } });
    await imports.run(body.id);
    expect(await countPosts(rooms)).toBe(1);
  });

  it('fetches videos by their address, once for all rows, and refuses rows whose video never comes', async () => {
    const own = (caption: string, url: string) => `${caption},${url}`;
    const url = 'https://cdn.example.com/tea.mp4';
    const file = `caption,mediaUrl\n${own('One', url)}\n${own('Two', url)}\n${own('Inside', 'https://127.0.0.1/x.mp4')}\n${own('Gone', 'https://cdn.example.com/gone.mp4')}\n`;
    const { body } = await imports.send(file);
    expect(await imports.run(body.id)).toBe('again');
    expect((await imports.read(body.id)).rows).toMatchObject({ fetching: 3, failed: 1 });
    await rooms.db.database.affected(
      `update media_import set state = 'ready', media_id = $1, ended_at = now() where url = $2`,
      [media, url],
    );
    await rooms.db.database.affected(
      `update media_import set state = 'failed', problem = '{"code": "url.gone", "detail": "Nothing there."}', ended_at = now()
        where url <> $1`,
      [url],
    );
    expect(await imports.run(body.id)).toBe('done');
    const rows = await imports.rows(body.id);
    expect(rows.map(({ state, problems }: never) => [state, (problems as { code: string }[])[0]?.code])).toEqual([
      ...[
        ['done', undefined],
        ['done', undefined],
        ['failed', 'url.refused'],
        ['failed', 'url.gone'],
      ],
    ]);
  });

  it.each(['publer', 'socialbee', 'metricool', 'buffer', 'meetedgar', 'zernio', 'perennial'])(
    'imports the sample of %s by its header',
    async (layout) => {
      const sample = await readFile(`seeds/csv/${layout}.csv`);
      const { body } = await imports.send(sample, `?timezone=UTC&accountIds=${account},${reels}`);
      expect({ state: body.state, layout: body.layout, rows: body.rows.ready }).toEqual({
        ...{ state: 'queued', layout, rows: 2 },
      });
      await imports.run(body.id);
      await rooms.db.database.affected(
        `update media_import set state = 'ready', media_id = $1, ended_at = now() where ended_at is null`,
        [media],
      );
      expect(await imports.run(body.id)).toBe('done');
      expect((await imports.read(body.id)).rows).toMatchObject({ done: 2, failed: 0 });
    },
  );

  it.each([
    ['csv.bad_encoding', 400, Buffer.from('caption\nK\xe4se\n', 'latin1')],
    ['csv.not_csv', 415, Buffer.from('PK\u0003\u0004')],
    ['csv.unknown_layout', 400, Buffer.from('a,b\n1,2\n')],
    ['csv.empty', 400, Buffer.from('caption\n')],
    ['csv.quote_not_closed', 400, Buffer.from('caption\n"open\n')],
  ])('refuses with %s and keeps nothing', async (code, expected, bytes) => {
    const { status, body } = await imports.send(bytes);
    expect({ status, code: body.code }).toEqual({ status: expected, code });
    expect(await rooms.db.database.row('select count(*)::int as count from post_import')).toEqual({ count: 0 });
  });

  it('refuses a gigabyte by its announcement, and a file that grows too large while it comes', async () => {
    const { port } = rooms.app.getHttpServer().address() as AddressInfo;
    const headers = {
      ...{ authorization: `Bearer ${rooms.key}`, 'content-type': 'multipart/form-data; boundary=x' },
      'content-length': 1_000_000_000,
    };
    const announced = await new Promise((resolve) => {
      const sent = request({ port, path: '/v1/posts/import', method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        sent.destroy();
      });
      sent.on('error', () => undefined).flushHeaders();
    });
    expect(announced).toBe(413);
    const limits = rooms.app.get(CsvLimits, { strict: false });
    const { maxBytes } = limits;
    Object.assign(limits, { maxBytes: 1_000 });
    const { status, body } = await imports.send(fileOf(...Array.from({ length: 50 }, (_, n) => row(`Post ${n}`))));
    Object.assign(limits, { maxBytes });
    expect([status, body.code]).toEqual([413, 'csv.too_large']);
    expect(await rooms.db.database.row('select count(*)::int as count from post_import')).toEqual({ count: 0 });
  });

  it('refuses a form without a file, and answers another workspace that there is nothing', async () => {
    const empty = await rooms.send('POST', '/v1/posts/import', { raw: new FormData() });
    expect([empty.status, empty.body.code]).toEqual([400, 'csv.no_file']);
    const { body } = await imports.send(fileOf(row('Mine')), '?dryRun=true');
    const other = await rooms.send('POST', '/v1/workspaces', {
      body: { name: 'Second', region: 'us', timeZone: 'UTC' },
    });
    const key = /prn_live_\w+/.exec(JSON.stringify(other.body))?.[0] ?? '';
    for (const [method, rest] of [
      ['GET', ''],
      ['GET', '/rows'],
      ['GET', '/errors.csv'],
      ['POST', '/start'],
      ['POST', '/cancel'],
    ] as const) {
      const path = `/v1/posts/imports/${body.id}${rest}`;
      const { status } = await rooms.send(method, path, { key, ...(method === 'POST' ? { body: {} } : {}) });
      expect({ path, status }).toEqual({ path, status: 404 });
    }
    expect((await rooms.send('GET', '/v1/posts/imports', { key })).body.items).toEqual([]);
    const theirs = await imports.send(fileOf(row('Not mine')), '?dryRun=true', key);
    expect(theirs.body.rows).toMatchObject({ ready: 0, bad: 1 });
  });

  it('exports what it can import again as it was', async () => {
    const body = {
      ...{
        caption: '=Tea, "hot"\nand strong',
        title: '@tea',
        tags: ['a|b', 'c'],
        mediaIds: [media],
        kind: 'evergreen',
      },
      ...{ options: { a: 1 }, variants: { shorts: { title: 'S' } }, recycling: { cooldownDays: 30 } },
      ...{ scheduledAt: LATER, timezone: 'Europe/Paris', targets: [{ accountId: account }] },
    };
    const { body: created } = await rooms.send('POST', '/v1/posts', { body });
    const { body: post } = await rooms.send('GET', `/v1/posts/${created.id}`);
    const exported = (await rooms.send('GET', '/v1/posts.csv?tag=c')).body.toString() as string;
    expect(exported).toContain(`'=Tea, ""hot""`);
    const twin = await imports.send(exported, '?dryRun=true');
    expect(twin.body.rows).toMatchObject({ duplicate: 1 });
    await rooms.send('DELETE', `/v1/posts/${post.id}`);
    const again = await imports.send(exported);
    await imports.run(again.body.id);
    const [{ postId }] = await imports.rows(again.body.id);
    const copy = (await rooms.send('GET', `/v1/posts/${postId}`)).body;
    const words = ({ kind, caption, title, tags, options, variants, recycling, targets }: Record<string, never>) => ({
      ...{ kind, caption, title, tags, options, variants, recycling },
      targets: (targets as unknown as { localTime: string; timezone: string; scheduledAt: string }[]).map(
        ({ localTime, timezone, scheduledAt }) => [localTime, timezone, scheduledAt],
      ),
    });
    expect(words(copy)).toEqual(words(post));
  });
});
