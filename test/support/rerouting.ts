import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { HealthView } from '../../src/health/index.js';
import { ApplyDecisions } from '../../src/publishing/application/rerouting/apply-decisions.js';
import { DecideTargets } from '../../src/publishing/application/rerouting/decide-targets.js';
import { Firing } from '../../src/publishing/domain/firing/firing.port.js';
import type { RoomServer } from './library.js';
import { addAccount, startPlanning, uploadClip } from './planning.js';

/** For each test of the suite that calls it: TikTok is down, and the workspace has three fresh accounts and nothing planned. */
export const whileTikTokIsDown = () => {
  const accounts = { tiktok: '', reels: '', shorts: '' };
  let rooms: RoomServer;
  let media: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    const { database } = rooms.db;
    await database.affected(
      `update target set status = 'cancelled', next_check_at = null, hold_reason = null, hold_until = null`,
    );
    for (const table of ['route', 'platform_health', 'quota_window']) await database.affected(`delete from ${table}`);
    for (const platform of ['tiktok', 'reels', 'shorts'] as const)
      accounts[platform] = await addAccount(rooms, platform);
    await tiktokIs('down');
  });

  const part = <T>(type: abstract new (...args: never[]) => T): T => rooms.app.get(type as never, { strict: false });
  const database = () => rooms.db.database;
  const send: RoomServer['send'] = (...request) => rooms.send(...request);
  const post = (path: string, body?: object) => send('POST', path, body ? { body } : {});
  const route = async (rest: object = {}) => {
    const made = await post('/v1/routes', {
      scope: 'account',
      scopeId: accounts.tiktok,
      fallbacks: [accounts.reels, accounts.shorts],
      ...rest,
    });
    expect(made.status).toBe(201);
  };
  const create = async (rest: object = {}) => {
    const body = {
      caption: 'Tea',
      mediaIds: [media],
      publishNow: true,
      targets: [{ accountId: accounts.tiktok }],
      ...rest,
    };
    const made = await post('/v1/posts', body);
    expect(made.status).toBe(201);
    return made.body.targets[0].id as string;
  };
  const many = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await create());
    return ids;
  };
  const tiktokIs = async (state: string) => {
    await rooms.db.database.affected(`delete from platform_health`);
    await rooms.db.database.affected(
      `insert into platform_health (platform, region, capability, state) values ('tiktok', 'us', 'publish', $1)`,
      [state],
    );
    await part(HealthView).refresh();
  };
  const decided = async (ids: readonly string[]) => part(DecideTargets).execute(await part(Firing).load(ids));
  const apply = async (ids: readonly string[]) => part(ApplyDecisions).execute(await decided(ids));
  const target = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}`)).body;
  const statuses = async (ids: readonly string[]) => (await Promise.all(ids.map(target))).map(({ status }) => status);
  const movedTo = async (accountId: string) =>
    (
      await rooms.db.database.row<{ n: number }>(
        `select count(*)::int as n from target where account_id = $1 and role = 'reroute' and status <> 'cancelled'`,
        [accountId],
      )
    )?.n;

  return {
    accounts,
    post,
    route,
    create,
    many,
    tiktokIs,
    decided,
    apply,
    target,
    statuses,
    movedTo,
    part,
    database,
    send,
  };
};
