import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LinkDesk } from '../../src/library/application/links/link-desk.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T10:00:00Z';
const UTM = { '*': { source: '{platform}', medium: 'social' }, reels: { source: 'insta gram' } };

describe('links in captions', () => {
  let rooms: RoomServer;
  let media: string;
  let accounts: { accountId: string }[];

  beforeAll(async () => {
    rooms = await startPlanning([], undefined, { PUBLIC_URL: 'https://perennial.example' });
    media = await uploadClip(rooms);
    accounts = [];
    for (const platform of ['tiktok', 'reels', 'skylight'])
      accounts.push({ accountId: await addAccount(rooms, platform) });
  });
  afterAll(() => rooms.close());

  const settle = (body: object) => rooms.send('PUT', '/v1/links/settings', { body });
  const plan = async (caption: string): Promise<{ id: string; targets: { id: string; platform: string }[] }> => {
    const { status, body } = await rooms.send('POST', '/v1/posts', {
      body: { caption, mediaIds: [media], scheduledAt: LATER, targets: accounts },
    });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    return body;
  };
  const captionsOf = async (postId: string): Promise<Record<string, string>> => {
    const rows = await rooms.db.database.rows<{ platform: string; caption: string; base: string }>(
      `select platform, content ->> 'caption' as caption from target where post_id = $1`,
      [postId],
    );
    return Object.fromEntries(rows.map(({ platform, caption }) => [platform, caption]));
  };
  const visit = (path: string, method = 'GET') => fetch(new URL(path, origin()), { method, redirect: 'manual' });
  const origin = () => `http://127.0.0.1:${(rooms.app.getHttpServer().address() as { port: number }).port}`;

  it('stay as they are until the workspace says otherwise', async () => {
    const { id } = await plan('See https://tea.example/menu');
    expect(await captionsOf(id)).toMatchObject({ tiktok: 'See https://tea.example/menu' });
    expect((await rooms.send('GET', '/v1/links/settings')).body).toEqual({ domains: [], utm: {}, shorten: false });
  });

  it('get the parameters of each platform when words are frozen, and again when they are edited', async () => {
    const { body } = await settle({ domains: ['Tea.example'], utm: UTM });
    expect(body).toEqual({ domains: ['tea.example'], utm: UTM, shorten: false });
    const { id } = await plan('See https://tea.example/menu and https://other.example.');
    expect(await captionsOf(id)).toEqual({
      tiktok: 'See https://tea.example/menu?utm_source=tiktok&utm_medium=social and https://other.example.',
      reels: 'See https://tea.example/menu?utm_source=insta%20gram&utm_medium=social and https://other.example.',
      skylight: 'See https://tea.example/menu?utm_source=skylight&utm_medium=social and https://other.example.',
    });
    const edited = { caption: 'Now https://tea.example?utm_source=mine' };
    const { body: post } = await rooms.send('PATCH', `/v1/posts/${id}`, { body: edited });
    expect(post.caption).toBe(edited.caption);
    expect((await captionsOf(id)).tiktok).toBe('Now https://tea.example?utm_source=mine&utm_medium=social');
  });

  it('stay as written where a platform would not take the longer caption', async () => {
    await settle({ domains: ['tea.example'], utm: UTM });
    const long = `${'x'.repeat(270)} https://tea.example/`;
    const captions = await captionsOf((await plan(long)).id);
    expect(captions.skylight).toBe(long);
    expect(captions.tiktok).toContain('utm_source=tiktok');
  });

  it('become short ones of ours, one for each target, that lead where the member said and are counted', async () => {
    await settle({ domains: ['tea.example'], utm: UTM, shorten: true });
    const { id, targets } = await plan('See https://tea.example/a?b=1#c');
    const captions = await captionsOf(id);
    expect(captions.tiktok).toMatch(/^See https:\/\/perennial\.example\/l\/[\w-]{12}$/);
    expect(new Set(Object.values(captions)).size).toBe(3);
    const path = new URL((captions.tiktok ?? '').slice(4)).pathname;
    const followed = await visit(path);
    expect({ status: followed.status, to: followed.headers.get('location') }).toEqual({
      status: 302,
      to: 'https://tea.example/a?b=1&utm_source=tiktok&utm_medium=social#c',
    });
    expect(followed.headers.get('cache-control')).toBe('no-store');
    await visit(path);
    expect((await visit(path, 'HEAD')).status).toBe(302);
    const tiktok = targets.find(({ platform }) => platform === 'tiktok')?.id ?? '';
    const { body } = await rooms.send('GET', `/v1/targets/${tiktok}/links`);
    expect(body.items).toMatchObject([{ shortUrl: (captions.tiktok ?? '').slice(4), visits: 2 }]);

    await rooms.send('PATCH', `/v1/posts/${id}`, { body: { title: 'Same words' } });
    expect(await captionsOf(id)).toEqual(captions);
    expect((await rooms.send('GET', `/v1/targets/${tiktok}/links`)).body.items).toHaveLength(1);
    for (const odd of ['x', `${path.slice(3, -1)}~`, 'https:%2F%2Fevil.example', 'aaaaaaaaaaaa'])
      expect((await visit(`/l/${odd}`)).status).toBe(404);
    expect((await rooms.send('GET', `/v1/targets/${media}/links`)).body.code).toBe('target.not_found');
  });

  it('name what is wrong with their settings, and are not short where nobody could follow', async () => {
    const { status, body } = await settle({ domains: ['https://tea.example'], utm: { myspace: {} } });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'links.invalid' });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['domains.0', 'utm.myspace']);
    expect((await settle({ domains: 'tea.example', utm: [], shorten: 'yes' })).status).toBe(400);
    const desk = rooms.app.get<unknown, Record<string, unknown>>(LinkDesk, { strict: false });
    const [store, links, audit, unitOfWork] = ['store', 'links', 'audit', 'unitOfWork'].map((name) => desk[name]);
    const off = new LinkDesk(
      ...([store, { isOn: false }, links, audit, unitOfWork] as unknown as ConstructorParameters<typeof LinkDesk>),
    );
    const owner = { workspaceId: rooms.workspaceId, actor: 'test' };
    await expect(off.put(owner, { domains: [], utm: {}, shorten: true })).rejects.toMatchObject({
      code: 'links.no_public_url',
    });
  });
});
