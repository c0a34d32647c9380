import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T10:00:00Z';

describe('creating posts over HTTP', () => {
  let rooms: RoomServer;
  let media: string;
  let accounts: Record<'tiktok' | 'shorts' | 'reels' | 'skylight' | 'sleeping', string>;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    accounts = {
      tiktok: await addAccount(rooms, 'tiktok'),
      shorts: await addAccount(rooms, 'shorts'),
      reels: await addAccount(rooms, 'reels'),
      skylight: await addAccount(rooms, 'skylight'),
      sleeping: await addAccount(rooms, 'tiktok', 'needs_reconnect'),
    };
  });
  afterAll(() => rooms.close());

  const bodyOf = (rest: object = {}) => ({ caption: 'Tea in a minute', mediaIds: [media], ...rest });
  const post = (rest: object = {}, headers = {}) => rooms.send('POST', '/v1/posts', { body: bodyOf(rest), headers });
  const rowCounts = () =>
    rooms.db.database.row(
      `select (select count(*) from post) as posts, (select count(*) from occurrence) as runs,
              (select count(*) from target) as targets, (select count(*) from idempotency_record) as answers`,
    );

  it('keeps a draft without targets', async () => {
    const { status, body } = await post({ title: 'Tea', tags: ['tea'], options: { a: 1 } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'one_shot',
      status: 'draft',
      caption: 'Tea in a minute',
      title: 'Tea',
      tags: ['tea'],
      mediaIds: [media],
      options: { a: 1 },
      version: 1,
      targets: [],
    });
    const read = await rooms.send('GET', `/v1/posts/${body.id}`);
    expect(read.body).toEqual(body);
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('names the missing words and video of an empty body at once', async () => {
    const { status, body } = await rooms.send('POST', '/v1/posts', { body: {} });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['caption', 'mediaIds']);
  });

  it('plans four accounts at their own times and words', async () => {
    const { status, body } = await post({
      scheduledAt: '2999-07-01T09:00',
      timezone: 'Europe/Paris',
      variants: { shorts: { title: 'Tea #shorts' }, reels: { caption: 'Reel tea' } },
      targets: [
        { accountId: accounts.tiktok, caption: 'Tok tea' },
        { accountId: accounts.shorts.toUpperCase(), scheduledAt: LATER },
        { accountId: accounts.reels },
        { accountId: accounts.skylight, spreadSeconds: 600 },
      ],
    });
    expect(status).toBe(201);
    expect(body.status).toBe('scheduled');
    const byPlatform = Object.fromEntries(
      body.targets.map((target: { platform: string }) => [target.platform, target]),
    );
    expect(byPlatform).toMatchObject({
      tiktok: { scheduledAt: '2999-07-01T07:00:00.000Z', localTime: '2999-07-01T09:00:00', timezone: 'Europe/Paris' },
      shorts: { scheduledAt: '2999-07-01T10:00:00.000Z', role: 'origin', status: 'scheduled' },
      reels: { accountId: accounts.reels },
      skylight: { plannedAt: '2999-07-01T07:00:00.000Z', spreadSeconds: 600 },
    });
    const { plannedAt, scheduledAt, staleAt } = byPlatform.skylight;
    const msAfter = (one: string, other: string) => Date.parse(one) - Date.parse(other);
    expect(msAfter(scheduledAt, plannedAt)).toBeGreaterThanOrEqual(0);
    expect(msAfter(scheduledAt, plannedAt)).toBeLessThan(600_000);
    expect(msAfter(staleAt, scheduledAt)).toBe(48 * 3_600_000);
    expect(byPlatform.tiktok.plannedAt).toBeUndefined();
    const words = await rooms.db.database.rows<{ platform: string; caption: string; title: string | null }>(
      `select platform, content ->> 'caption' as caption, content ->> 'title' as title from target where post_id = $1`,
      [body.id],
    );
    expect(Object.fromEntries(words.map(({ platform, caption, title }) => [platform, [caption, title]]))).toEqual({
      tiktok: ['Tok tea', null],
      shorts: ['Tea in a minute', 'Tea #shorts'],
      reels: ['Reel tea', null],
      skylight: ['Tea in a minute', null],
    });
  });

  it('answers a repeated request once and refuses another body under its key', async () => {
    const headers = { 'idempotency-key': newId() };
    const targets = [{ accountId: accounts.tiktok, scheduledAt: LATER }];
    const answers = [await post({ targets }, headers), await post({ targets }, headers)];
    expect(answers[1]).toMatchObject({ status: 201, body: answers[0]?.body });
    expect(await post({ targets, caption: 'Other' }, headers)).toMatchObject({ status: 422 });
  });

  const refusals: [string, () => object, number, string][] = [
    ['a time in the past', () => at({ scheduledAt: '2020-01-01T00:00:00Z' }), 400, 'schedule.in_past'],
    [
      'an unknown zone',
      () => at({ scheduledAt: '2999-01-01T00:00', timezone: 'Mars/X' }),
      400,
      'schedule.unknown_zone',
    ],
    ['now and later', () => at({ scheduledAt: LATER, publishNow: true }), 400, 'schedule.now_or_later'],
    ['no time', () => at({}), 400, 'schedule.no_time'],
    ['an unknown account', () => at({ scheduledAt: LATER }, [newId()]), 404, 'account.not_found'],
    ['an account that cannot post', () => at({ scheduledAt: LATER }, [accounts.sleeping]), 409, 'account.not_active'],
    [
      'an account twice',
      () => at({ scheduledAt: LATER }, [accounts.reels, accounts.reels]),
      400,
      'schedule.duplicate_target',
    ],
    [
      '51 accounts',
      () => at({ scheduledAt: LATER }, Array.from({ length: 51 }, newId)),
      400,
      'schedule.too_many_targets',
    ],
    ['an unknown video', () => ({ mediaIds: [newId()] }), 404, 'media.not_found'],
    ['no video', () => ({ mediaIds: [] }), 400, 'request.invalid'],
    ['a caption nobody can keep', () => ({ caption: 'x'.repeat(5_001) }), 400, 'content.invalid'],
    ['half a character', () => ({ caption: 'half \ud83c' }), 400, 'content.invalid'],
    ['a NUL deep in the options', () => ({ options: { a: ['\u0000'] } }), 400, 'content.invalid'],
    ['an unknown field', () => ({ captoin: 'x' }), 400, 'request.unknown_field'],
    ['an unknown platform', () => ({ variants: { myspace: {} } }), 400, 'request.unknown_field'],
    ['a null caption', () => ({ caption: null }), 400, 'request.invalid'],
    ['recycling of a one-shot', () => ({ recycling: { gap: 1 } }), 400, 'content.invalid'],
  ];
  const at = (time: object, ids = [accounts.tiktok]) => ({ ...time, targets: ids.map((accountId) => ({ accountId })) });

  it.each(refusals)('refuses %s and stores nothing', async (_, rest, status, code) => {
    const before = await rowCounts();
    const answer = await post(rest(), { 'idempotency-key': newId() });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(await rowCounts()).toEqual(before);
  });

  it("names the place, limit and unit of a platform's own limit", async () => {
    const targets = [
      { accountId: accounts.tiktok, scheduledAt: LATER },
      { accountId: accounts.skylight, scheduledAt: LATER, caption: '🍵'.repeat(301) },
    ];
    const { status, body } = await post({ targets });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'content.invalid',
      errors: [{ field: 'targets.1.caption', limit: 300, actual: 301, message: expect.stringContaining('graphemes') }],
    });
    expect(body.errors[0].source).toBeTruthy();
  });

  it('says the same of such a body when asked to validate it, and stores nothing', async () => {
    const before = await rowCounts();
    const validate = async (rest: object) =>
      (await rooms.send('POST', '/v1/posts/validate', { body: bodyOf(rest) })).body;
    expect(await validate({})).toEqual({ valid: true, violations: [], warnings: [], waysOut: [] });
    const targets = [{ accountId: newId() }, { accountId: accounts.tiktok, caption: 'x'.repeat(2_201) }];
    const { valid, violations } = await validate({ mediaIds: [newId()], targets });
    expect(valid).toBe(false);
    expect(violations.map(({ field, code }: Record<string, string>) => `${field} ${code}`)).toEqual([
      'mediaIds.0 media.not_found',
      'targets.0.scheduledAt schedule.no_time',
      'targets.1.scheduledAt schedule.no_time',
      'targets.0.accountId account.not_found',
    ]);
    const gap = {
      timezone: 'Europe/Paris',
      scheduledAt: '2027-03-28T02:30',
      targets: [{ accountId: accounts.tiktok }],
    };
    const way = { accountId: accounts.tiktok, onDown: 'reroute', fallbacks: [] };
    expect(await validate(gap)).toMatchObject({ valid: true, warnings: [{ code: 'schedule.gap' }], waysOut: [way] });
    expect(await rowCounts()).toEqual(before);
  });

  it("answers for another tenant's account and video as for ones that do not exist", async () => {
    const tenant = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    const { body: other } = await rooms.send('POST', '/v1/workspaces', { body: tenant });
    const theirs = await addAccount({ db: rooms.db, workspaceId: other.id }, 'tiktok');
    const theirMedia = await uploadClip(rooms, 'bread-timer.mp4', other.apiKey);
    expect(await post(at({ scheduledAt: LATER }, [theirs]))).toMatchObject({
      status: 404,
      body: { code: 'account.not_found' },
    });
    expect(await post({ mediaIds: [theirMedia] })).toMatchObject({ status: 404, body: { code: 'media.not_found' } });
    const mine = (await post()).body.id;
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/runs'],
      ['POST', '/retry'],
      ['POST', '/pause'],
    ] as const) {
      const body = method === 'PATCH' || path === '/runs' ? { body: {} } : {};
      expect(await rooms.send(method, `/v1/posts/${mine}${path}`, { key: other.apiKey, ...body })).toMatchObject({
        status: 404,
        body: { code: 'post.not_found' },
      });
    }
  });
});
