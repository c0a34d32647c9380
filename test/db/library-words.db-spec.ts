import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T10:00:00Z';

describe('tags, search and hashtag sets', () => {
  let rooms: RoomServer;
  let media: string;
  let reels: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    reels = await addAccount(rooms, 'reels');
  });
  afterAll(() => rooms.close());

  const post = async (rest: object): Promise<{ id: string; version: number; caption: string }> => {
    const { status, body } = await rooms.send('POST', '/v1/posts', {
      body: { caption: 'Words', mediaIds: [media], ...rest },
    });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    return body;
  };
  const found = async (query: Record<string, string>): Promise<string[]> => {
    const { status, body } = await rooms.send('GET', `/v1/posts?${new URLSearchParams(query).toString()}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body.items.map(({ id }: { id: string }) => id);
  };
  const rename = (from: string, to: string, headers = {}) =>
    rooms.send('POST', '/v1/tags/rename', { body: { from, to }, headers });
  const tags = async (query = '') => (await rooms.send('GET', `/v1/tags${query}`)).body;

  it('finds posts by words of caption, title and tags, however they are written', async () => {
    const cafe = await post({ caption: 'Ein CAFÉ in Köln — „heute“🍵', title: 'Frühstück', tags: ['Морнинг'] });
    const tea = await post({ caption: "Mara's tea-time at https://tea.example/menu #relax" });
    expect(await found({ q: 'cafe' })).toEqual([cafe.id]);
    expect(await found({ q: 'koln heut' })).toEqual([cafe.id]);
    expect(await found({ q: 'FRUHSTUCK' })).toEqual([cafe.id]);
    expect(await found({ q: 'морнинг' })).toEqual([cafe.id]);
    expect(await found({ q: 'relax' })).toEqual([tea.id]);
    expect(await found({ q: 'tea.example' })).toEqual([tea.id]);
    expect(await found({ q: 'tea-ti' })).toEqual([tea.id]);
    expect(await found({ q: 'cafe relax' })).toEqual([]);
    await rooms.send('PATCH', `/v1/posts/${tea.id}`, { body: { caption: 'Coffee' } });
    expect(await found({ q: 'relax' })).toEqual([]);
    await rooms.send('DELETE', `/v1/posts/${cafe.id}`);
    expect(await found({ q: 'cafe' })).toEqual([]);
  });

  it('takes whatever is typed as words, never as a language, and wants at least one', async () => {
    const odd = await post({ caption: `o'hara & !x | (y) :* \\ 'quoted' <-> z` });
    for (const q of ["o'hara", "'quoted'", '& ! | x', 'z:*', '\\ y', "x' & 'y", '=', `=${rooms.workspaceId} z`])
      expect({
        q,
        isArray: Array.isArray(
          (await rooms.send('GET', `/v1/posts?${new URLSearchParams({ q }).toString()}`)).body.items,
        ),
      }).toEqual({ q, isArray: q !== '=' });
    expect(await found({ q: "o'hara quoted" })).toEqual([odd.id]);
    expect(await found({ q: rooms.workspaceId })).toEqual([]);
    for (const q of ['', '  ', '&', '🍵', 'x'.repeat(201)]) {
      const { status, body } = await rooms.send('GET', `/v1/posts?${new URLSearchParams({ q }).toString()}`);
      expect({ q, status, field: body.errors?.[0]?.field }).toEqual({ q, status: 400, field: 'q' });
    }
  });

  it('combines search, tag, kind and time, page after page', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.unshift((await post({ caption: `Paged ${n}`, tags: ['paged'], kind: n % 2 ? 'evergreen' : 'one_shot' })).id);
    expect(await found({ tag: 'paged' })).toEqual(ids);
    expect(await found({ tag: 'paged', q: 'page', kind: 'evergreen' })).toEqual([ids[1], ids[3]]);
    expect(await found({ tag: 'paged', to: '2001-01-01T00:00:00Z' })).toEqual([]);
    const first = (await rooms.send('GET', '/v1/posts?tag=paged&limit=3')).body;
    const rest = (await rooms.send('GET', `/v1/posts?tag=paged&limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('lists tags with how many posts carry each, page after page', async () => {
    await post({ tags: ['count-a', 'count-b'] });
    const gone = await post({ tags: ['count-a', 'count-c'] });
    await rooms.send('DELETE', `/v1/posts/${gone.id}`);
    const all = (await tags('?limit=100')).items as { tag: string; posts: number }[];
    expect(all.filter(({ tag }) => tag.startsWith('count-'))).toEqual([
      { tag: 'count-a', posts: 1 },
      { tag: 'count-b', posts: 1 },
    ]);
    const seen: string[] = [];
    for (let page = await tags('?limit=2'); ; page = await tags(`?limit=2&cursor=${page.nextCursor}`)) {
      seen.push(...page.items.map(({ tag }: { tag: string }) => tag));
      if (!page.nextCursor) break;
    }
    expect(seen).toEqual(all.map(({ tag }) => tag));
    expect((await rooms.send('GET', '/v1/tags?cursor=***')).body.code).toBe('request.bad_cursor');
  });

  it('renames a tag on posts, on what waits, and merges it into one that is there', async () => {
    const draft = await post({ tags: ['old', 'x', 'new'] });
    const waiting = await post({ tags: ['x', 'old'], scheduledAt: LATER, targets: [{ accountId: reels }] });
    const answer = await rename('old', 'new', { 'idempotency-key': 'rename-1' });
    expect(answer).toMatchObject({ status: 200, body: { posts: 2, remainingPosts: 0, categories: 0 } });
    expect((await rename('old', 'new', { 'idempotency-key': 'rename-1' })).body).toEqual(answer.body);
    expect((await rooms.send('GET', `/v1/posts/${draft.id}`)).body).toMatchObject({ tags: ['new', 'x'], version: 2 });
    expect((await rooms.send('GET', `/v1/posts/${waiting.id}`)).body).toMatchObject({ tags: ['x', 'new'], version: 2 });
    const [target] = await rooms.db.database.rows(
      `select content -> 'tags' as tags, version from target where post_id = $1`,
      [waiting.id],
    );
    expect(target).toEqual({ tags: ['x', 'new'], version: 2 });
    expect(await found({ tag: 'old' })).toEqual([]);
    expect(await found({ tag: 'new' })).toEqual([waiting.id, draft.id]);
    expect((await rename('old', 'new')).body).toMatchObject({ status: 404, code: 'tag.not_found' });
  });

  it('renames a tag where slots and recycling rules name it, and not while a route does', async () => {
    const { database } = rooms.db;
    const [queue, slot] = await Promise.all([
      database.row<{ id: string }>(`select gen_random_uuid() as id`),
      database.row<{ id: string }>(`select gen_random_uuid() as id`),
    ]);
    await database.affected(
      `insert into queue (id, workspace_id, name, zone, pick_order) values ($1, $2, 'Q', 'UTC', 'oldest')`,
      [queue?.id, rooms.workspaceId],
    );
    await database.affected(
      `insert into slot (id, workspace_id, queue_id, iso_day, time, categories)
       values ($1, $2, $3, 1, '10:00', '{cat,other,dog}')`,
      [slot?.id, rooms.workspaceId, queue?.id],
    );
    await database.affected(
      `insert into category_recycling (workspace_id, category, recycling) values ($1, 'cat', '{"gap":1}'), ($1, 'dog', '{}')`,
      [rooms.workspaceId],
    );
    expect((await rename('cat', 'dog')).body).toEqual({ posts: 0, remainingPosts: 0, categories: 2 });
    expect(await database.rows(`select categories from slot where id = $1`, [slot?.id])).toEqual([
      { categories: ['dog', 'other'] },
    ]);
    expect(await database.rows(`select category, recycling from category_recycling`)).toEqual([
      { category: 'dog', recycling: {} },
    ]);
    await post({ tags: ['routed'] });
    const route = { scope: 'tag', scopeId: 'routed', onDown: 'hold' };
    await database.affected(
      `insert into route (id, workspace_id, scope, scope_id, on_degraded, on_down, on_unknown, on_account_trouble,
                          hold_for_seconds, stale_after_seconds, failback)
       values (gen_random_uuid(), $1, $2, $3, 'publish', $4, 'wait', 'hold', 0, 3600, 'none')`,
      [rooms.workspaceId, route.scope, route.scopeId, route.onDown],
    );
    expect((await rename('routed', 'x')).body).toMatchObject({ status: 409, code: 'tag.has_route' });
    expect((await rename('same', 'same')).body).toMatchObject({ status: 400, code: 'tag.same' });
    expect((await rename('routed', ' ')).body.errors).toMatchObject([{ field: 'to' }]);
  });

  it('keeps hashtag sets by name, and names what is no hashtag', async () => {
    const make = (name: string, hashtags: unknown) =>
      rooms.send('POST', '/v1/hashtag-sets', { body: { name, hashtags } });
    const { status, body } = await make(' Tea ', ['tea', '#Чай', ' cafe\u0301']);
    expect({ status, body }).toMatchObject({ status: 201, body: { name: 'Tea', hashtags: ['#tea', '#Чай', '#café'] } });
    expect((await make('TEA', ['a'])).body).toMatchObject({ status: 409, code: 'hashtag_set.name_taken' });
    const bad = await make('Bad', ['tea', 'tea time', '#TEA']);
    expect(bad.body).toMatchObject({ status: 400, code: 'hashtag_set.invalid' });
    expect(bad.body.errors.map(({ field, rule }: Record<string, string>) => [field, rule])).toEqual([
      ['hashtags.1', 'hashtag.form'],
      ['hashtags.2', 'hashtag.unique'],
    ]);
    for (const wrong of [[], 'tea', [7], Array.from({ length: 101 }, (_, n) => `t${n}`)])
      expect((await make('Wrong', wrong)).status).toBe(400);
    const path = `/v1/hashtag-sets/${body.id}`;
    expect((await rooms.send('PATCH', path, { body: { hashtags: ['b'] } })).body).toMatchObject({
      name: 'Tea',
      hashtags: ['#b'],
      version: 2,
    });
    expect((await rooms.send('GET', '/v1/hashtag-sets')).body.items).toMatchObject([{ id: body.id, hashtags: ['#b'] }]);
    expect((await rooms.send('DELETE', path)).status).toBe(204);
    expect((await rooms.send('GET', path)).body).toMatchObject({ status: 404, code: 'hashtag_set.not_found' });
  });

  it('appends sets to captions as far as each platform takes them, and tells what it left out', async () => {
    const tiktok = await addAccount(rooms, 'tiktok');
    const hashtags = Array.from({ length: 32 }, (_, n) => `#tag${n}`);
    const { body: set } = await rooms.send('POST', '/v1/hashtag-sets', { body: { name: 'Many', hashtags } });
    const asked = {
      caption: 'Tea #tag3',
      mediaIds: [media],
      hashtagSetIds: [set.id],
      scheduledAt: LATER,
      targets: [{ accountId: tiktok }, { accountId: reels }],
    };
    const { body: judged } = await rooms.send('POST', '/v1/posts/validate', { body: asked });
    const { status, body } = await rooms.send('POST', '/v1/posts', { body: asked });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    expect(body.caption.match(/#/g)).toHaveLength(32);
    expect(body.variants.reels.caption.match(/#/g)).toHaveLength(30);
    const warning = body.warnings.find(({ code }: { code: string }) => code === 'hashtags.left_out');
    expect(warning).toMatchObject({ field: 'targets.1.caption' });
    expect(warning.message).toContain('#tag30 #tag31');
    expect(judged).toMatchObject({ valid: true, warnings: body.warnings });
    const frozen = await rooms.db.database.rows<{ caption: string }>(
      `select content ->> 'caption' as caption from target where post_id = $1 and platform = 'reels'`,
      [body.id],
    );
    expect(frozen).toEqual([{ caption: body.variants.reels.caption }]);
    const unknown = { ...asked, hashtagSetIds: [set.id, media] };
    const refused = await rooms.send('POST', '/v1/posts', { body: unknown });
    expect(refused.body).toMatchObject({ status: 404, code: 'hashtag_set.not_found' });
    expect(refused.body.errors).toMatchObject([{ field: 'hashtagSetIds.1' }]);
  });

  it('appends sets in an edit too, to what the post says then, and tells what it left out', async () => {
    const hashtags = Array.from({ length: 31 }, (_, n) => `#edit${n}`);
    const { body: set } = await rooms.send('POST', '/v1/hashtag-sets', { body: { name: 'Edited', hashtags } });
    const asked = { caption: 'Tea', mediaIds: [media], scheduledAt: LATER, targets: [{ accountId: reels }] };
    const { body: post } = await rooms.send('POST', '/v1/posts', { body: asked });
    const edit = (body: object) => rooms.send('PATCH', `/v1/posts/${post.id}`, { body });
    const { status, body } = await edit({ caption: 'Coffee', hashtagSetIds: [set.id] });
    expect({ status, caption: body.caption }).toEqual({ status: 200, caption: `Coffee\n\n${hashtags.join(' ')}` });
    expect(body.variants.reels.caption.match(/#/g)).toHaveLength(30);
    expect(body.warnings).toMatchObject([{ field: 'targets.0.caption', code: 'hashtags.left_out' }]);
    const [frozen] = await rooms.db.database.rows<{ caption: string }>(
      `select content ->> 'caption' as caption from target where post_id = $1`,
      [post.id],
    );
    expect(frozen?.caption).toBe(body.variants.reels.caption);
    expect((await edit({ hashtagSetIds: [set.id] })).body.caption).toBe(body.caption);
    const unknown = await edit({ caption: 'Other', hashtagSetIds: [media] });
    expect(unknown.body).toMatchObject({ status: 404, code: 'hashtag_set.not_found' });
    expect((await rooms.send('GET', `/v1/posts/${post.id}`)).body.caption).toBe(body.caption);
  });
});
