import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf, DAY_MS, type InstagramWorld, startInstagram } from './instagram-world.js';
import { type Answer, call, type Connected, type Json, postJson, until } from './sandbox-wire.js';

let world: InstagramWorld;

beforeAll(async () => void (world = await startInstagram()));
afterAll(() => world.stop());
afterEach(() => world.control('reset'));

describe('containers and their publishing', () => {
  /** The account's own calls with its token in the header. */
  const speaker = ({ externalId, credentials }: Connected, host = world.instagram) => {
    const headers = { authorization: `Bearer ${credentials['accessToken']}` };
    const base = `${host}/v25.0`;
    return {
      create: (fields: Json) => postJson(`${base}/${externalId}/media`, { media_type: 'REELS', ...fields }, headers),
      status: (id: string) => call(`${base}/${id}?fields=status_code,status`, { headers }),
      publish: (id: string) => postJson(`${base}/${externalId}/media_publish`, { creation_id: id }, headers),
      get: (path: string) => call(`${base}/${path}`, { headers }),
      remove: (id: string) => call(`${base}/${id}`, { method: 'DELETE', headers }),
    };
  };
  const finished = async (me: ReturnType<typeof speaker>): Promise<string> => {
    const { id } = (await me.create({ video_url: `${world.filesUrl}/clip.mp4`, caption: 'Soup' })).json;
    await until(
      () => me.status(id),
      ({ json }) => json.status_code === 'FINISHED',
    );
    return id;
  };

  it.each([
    ['a file that is not there', () => `${world.filesUrl}/none.mp4`],
    ['a redirect', () => `${world.filesUrl}/moved`],
    ['another machine', () => 'https://example.com/clip.mp4'],
    ['letters beyond ASCII', () => `${world.filesUrl}/clíp.mp4`],
    ['a closed port', () => 'http://127.0.0.1:1/clip.mp4'],
  ])('cannot fetch %s', async (_name, url) => {
    const me = speaker(await world.connect());
    expect(codeOf(await me.create({ video_url: url() }))).toEqual([9004, 2207052]);
  });

  it.each([
    ['a caption over 2200 units', { caption: 'x'.repeat(2201) }, [36004, 2207010]],
    ['31 hashtags', { caption: '#a '.repeat(31) }, [100, undefined]],
    ['21 mentions', { caption: '@a '.repeat(21) }, [100, 2207040]],
    ['another media type', { media_type: 'VIDEO' }, [100, 2207023]],
    ['another upload type', { upload_type: 'other' }, [100, undefined]],
    ['a thumb offset in words', { thumb_offset: 'soon' }, [100, undefined]],
    ['four collaborators', { collaborators: 'a,b,c,d' }, [100, undefined]],
  ])('refuses %s', async (_name, fields, code) => {
    const me = speaker(await world.connect());
    expect(codeOf(await me.create({ upload_type: 'resumable', ...fields }))).toEqual(code);
  });

  it('takes 400 containers in a day', async () => {
    const me = speaker(await world.connect());
    const make = () => me.create({ upload_type: 'resumable' });
    for (let made = 0; made < 400; made += 1) await make();
    expect(codeOf(await make())).toEqual([4, undefined]);
    await world.control('clock', { advanceMs: DAY_MS });
    expect((await make()).status).toBe(200);
  });

  it('lets a container expire after a day and names the subcode of one that failed', async () => {
    const account = await world.connect();
    const me = speaker(account);
    const id = await finished(me);
    await world.control('clock', { advanceMs: DAY_MS });
    expect((await me.status(id)).json).toMatchObject({ status_code: 'EXPIRED' });
    expect(codeOf(await me.publish(id))).toEqual([24, 2207008]);
    await world.control('faults', { platform: 'reels', kind: 'fail', code: '2207026' });
    const failing = (await me.create({ video_url: `${world.filesUrl}/clip.mp4` })).json.id;
    const { json } = await until(
      () => me.status(failing),
      (it) => it.json.status_code === 'ERROR',
    );
    expect(json.status).toBe('Error: Media upload has failed with error code 2207026');
  });

  it('holds the daily quota at media_publish and shows it', async () => {
    await world.control('settings', { reelsQuotaTotal: 1 });
    const account = await world.connect();
    const me = speaker(account);
    const limit = () => me.get(`${account.externalId}/content_publishing_limit?fields=config,quota_usage`);
    expect((await me.publish(await finished(me))).status).toBe(200);
    expect((await limit()).json).toEqual({
      data: [{ quota_usage: 1, config: { quota_total: 1, quota_duration: 86_400 } }],
    });
    const waiting = await finished(me);
    expect(codeOf(await me.publish(waiting))).toEqual([9, 2207042]);
    await world.control('clock', { advanceMs: DAY_MS });
    expect((await limit()).json.data[0].quota_usage).toBe(0);
  });

  it.each([
    ['cap', 0],
    ['error-after', 1],
  ])('blocks an action by %s and has %i posts live', async (kind, live) => {
    const account = await world.connect();
    const me = speaker(account);
    const id = await finished(me);
    await world.control('faults', { platform: 'reels', step: 'publish', kind, code: '4/2207051', times: 1 });
    expect(codeOf(await me.publish(id))).toEqual([4, 2207051]);
    expect(await world.truthOf(account)).toHaveLength(live);
  });

  it('hides a fresh media for a while, and its numbers for two days', async () => {
    const me = speaker(await world.connect());
    const { id } = (await me.publish(await finished(me))).json;
    expect(codeOf(await me.get(`${id}?fields=permalink`))).toEqual([100, 33]);
    await world.control('clock', { advanceMs: 60_000 });
    expect((await me.get(`${id}?fields=permalink,like_count`)).json).toMatchObject({
      permalink: expect.stringContaining('https://www.instagram.com/reel/'),
      like_count: expect.any(Number),
    });
    expect((await me.get(`${id}/insights?metric=views`)).json).toEqual({ data: [] });
    expect((await me.get(`${id}/insights?metric=views,plays`)).status).toBe(400);
    await world.control('clock', { advanceMs: 2 * DAY_MS });
    expect((await me.get(`${id}/insights?metric=views`)).json.data[0].values[0].value).toBeGreaterThan(0);
  });

  it('deletes for Facebook Login only', async () => {
    const [one, other] = [await world.connect('instagram'), await world.connect('facebook')];
    const [mine, theirs] = [speaker(one), speaker(other, world.facebook)];
    const [kept, gone] = [await mine.publish(await finished(mine)), await theirs.publish(await finished(theirs))];
    expect(codeOf(await mine.remove(kept.json.id))).toEqual([100, undefined]);
    expect((await theirs.remove(gone.json.id)).json).toEqual({ success: true });
    expect([await world.truthOf(one), await world.truthOf(other)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('says in headers how much of the call budget is gone, and when it comes back', async () => {
    await world.control('settings', { reelsCallBudget: 4 });
    const account = await world.connect();
    const me = speaker(account);
    const usageOf = (answer: Answer): Json =>
      JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '{}')[account.externalId][0];
    expect(usageOf(await me.get(`${account.externalId}/media`))).toMatchObject({ type: 'instagram', call_count: 25 });
    for (let spent = 1; spent < 4; spent += 1) await me.get(`${account.externalId}/media`);
    const refused = await me.get(`${account.externalId}/media`);
    expect(codeOf(refused)).toEqual([80002, undefined]);
    expect(usageOf(refused)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 1440 });
  });
});
