import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type ApiClient, startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, uploadClip } from '../support/story.js';

const CANARY = 'canary-of-the-first-tenant';

/** Things of the whole instance: everybody may ask for them, and sees only his own part in them. */
const SHARED = ['incidents', 'radar'];

const withoutBody = ['GET', 'HEAD'];

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every route of the OpenAPI document, called with a key of another workspace and the first one's ids. */
describe('two workspaces', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let first: ApiClient;
  let second: ApiClient;
  let document: OpenApi;
  /** Ids of the first workspace by the path they belong to. */
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess(sandbox.env);
    first = app.api;
    const other = await first.ok('POST', '/v1/workspaces', { name: 'Second', region: 'us', timeZone: 'UTC' });
    second = first.with(/prn_live_\w+/.exec(JSON.stringify(other))?.[0]);
    document = await first.ok<OpenApi>('GET', '/v1/openapi.json');
    await fillFirst();
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const fillFirst = async () => {
    const idOf = (body: unknown) => (body as { id: string }).id;
    const account = await connectAccount(first, sandbox, 'tiktok');
    const fallback = await connectAccount(first, sandbox, 'reels');
    ids.accounts = account.id;
    ids.media = await uploadClip(first, 'bread-timer.mp4');
    const tus = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': `filename ${btoa(CANARY)}` };
    ids.uploads = idOf((await first.call('POST', '/v1/uploads', undefined, tus)).body);
    const post = await first.ok<{ id: string; targets: { id: string; occurrenceId: string }[] }>('POST', '/v1/posts', {
      caption: CANARY,
      kind: 'evergreen',
      mediaIds: [ids.media],
      scheduledAt: new Date(Date.now() + 86_400_000).toISOString(),
      targets: [{ accountId: account.id }],
    });
    ids.posts = post.id;
    ids.queues = idOf(await first.ok('POST', '/v1/queues', { name: CANARY, accountIds: [account.id] }));
    ids.occurrences = post.targets[0]?.occurrenceId ?? '';
    ids.targets = post.targets[0]?.id ?? '';
    ids.routes = idOf(
      await first.ok('POST', '/v1/routes', { scope: 'account', scopeId: account.id, fallbacks: [fallback.id] }),
    );
    ids['api-keys'] = idOf(await first.ok('POST', '/v1/api-keys', { name: CANARY, scopes: ['posts:read'] }));
    ids.subscribers = idOf(
      await first.ok('POST', '/v1/subscribers', {
        email: `${CANARY}@example.com`,
        consent: { text: 'Yes', textVersion: '1', source: 'test', language: 'en' },
      }),
    );
    ids.segments = idOf(await first.ok('POST', '/v1/segments', { name: CANARY, filter: { all: [] } }));
    const words = { text: CANARY, textVersion: '1' };
    ids['subscriber-imports'] = idOf(
      await first.ok('POST', '/v1/subscriber-imports', { source: CANARY, consent: words }),
    );
    const form = { name: CANARY, title: CANARY, consentText: CANARY };
    ids['sign-up-forms'] = idOf(await first.ok('POST', '/v1/sign-up-forms', form));
    ids.broadcasts = idOf(
      await first.ok('POST', '/v1/broadcasts', { kind: 'news', subject: CANARY, bodyText: 'Hi {{ unsubscribeUrl }}' }),
    );
    const host = `${CANARY}.example.com`;
    ids['mail-servers'] = idOf(await first.ok('POST', '/v1/mail-servers', { host, port: 465 }));
    const domain = { domain: host, sender: `news@${host}` };
    ids['sending-domains'] = idOf(await first.ok('POST', '/v1/sending-domains', domain));
    ids.handoffs = await handOffOf(first);
    const drill = { kind: 'dry_run', platform: 'tiktok', startsAt: new Date(Date.now() + 86_400_000).toISOString() };
    ids.drills = idOf(await first.ok('POST', '/v1/drills', drill));
    const hashtags = { name: CANARY, hashtags: [CANARY.replaceAll('-', '_')] };
    ids['hashtag-sets'] = idOf(await first.ok('POST', '/v1/hashtag-sets', hashtags));
    ids.calendar = idOf(await first.ok('POST', '/v1/calendar/feeds', { name: CANARY }));
    ids.webhooks = idOf(
      await first.ok('POST', '/v1/webhooks', { url: 'https://hooks.invalid/x', description: CANARY }),
    );
    const channel = { name: CANARY, kind: 'webhook', webhookId: ids.webhooks };
    ids['notification-channels'] = idOf(await first.ok('POST', '/v1/notification-channels', channel));
    // Of the whole instance: everybody may read them, only operators may end them.
    const page = { url: 'https://status.invalid/feed', platform: 'tiktok' };
    ids.feeds = idOf(await first.ok('POST', '/v1/feeds', { ...page, name: 'apart', format: 'rss' }));
    ids.radar = idOf(await first.ok('POST', '/v1/radar/watches', { ...page, kind: 'mentions', from: 'rss' }));
    ids.incidents = await incidentOf(first);
    ids['approval-rules'] = account.id;
    await peopleOf(first);
    ids.overrides = idOf(
      await first.ok('POST', '/v1/platforms/tiktok/override', { state: 'degraded', reason: CANARY, forSeconds: 600 }),
    );
  };

  /** A member, signed in, and an invitation. */
  const peopleOf = async (api: ApiClient): Promise<void> => {
    const email = `${CANARY}@example.com`;
    ids.members = (
      await api.ok<{ id: string }>('POST', '/v1/members', { email, password: 'correct horse battery' })
    ).id;
    await api.ok('POST', '/v1/public/sign-in', { email, password: 'correct horse battery' });
    const database = new pg.Client(app.databaseUrl);
    await database.connect();
    const { rows } = await database.query<{ session: string; invite: string }>(
      `with invited as (
         insert into invite (id, workspace_id, email, role, invited_by, expires_at, mail_at)
         select gen_random_uuid(), workspace_id, 'other-${CANARY}@example.com', 'viewer', 'test', now() + interval '1 day', null
           from member returning id
       )
       select s.id as session, i.id as invite from session s, invited i`,
    );
    await database.end();
    ids.sessions = rows[0]?.session ?? '';
    ids.invites = rows[0]?.invite ?? '';
  };

  /** An incident with words of the first workspace. */
  const incidentOf = async (api: ApiClient): Promise<string> => {
    const database = new pg.Client(app.databaseUrl);
    await database.connect();
    const { rows } = await database.query<{ id: string }>(
      `insert into incident (id, platform, region, opened_at, worst_state, reason)
       values (gen_random_uuid(), 'shorts', 'us', now() - interval '1 hour', 'down', 'test') returning id`,
    );
    await database.end();
    const id = rows[0]?.id ?? '';
    await api.ok('POST', `/v1/incidents/${id}/notes`, { text: CANARY });
    await api.ok('POST', `/v1/incidents/${id}/updates`, { feature: 'posting', status: 'identified', text: CANARY });
    return id;
  };

  /** A post that waits for a person's hand. */
  const handOffOf = async (api: ApiClient): Promise<string> => {
    const credentials = { mode: 'handoff', notifyEmail: `${CANARY}@example.com` };
    const account = await api.ok<{ id: string }>('POST', '/v1/accounts', { platform: 'upscrolled', credentials });
    await api.ok('POST', '/v1/posts', {
      caption: CANARY,
      mediaIds: [ids.media],
      publishNow: true,
      targets: [{ accountId: account.id }],
    });
    const [first] = await until(async () => {
      const { items } = await api.ok<{ items: { id: string }[] }>('GET', '/v1/handoffs');
      return items.length > 0 && items;
    }, 'the hand-off');
    return first?.id ?? '';
  };

  const routes = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    );

  it('cannot reach each other’s things by id on any route', async () => {
    const reached: string[] = [];
    for (const { path, method } of routes().filter((route) => route.path.includes('{id}'))) {
      const thing = path.split('/')[2] ?? '';
      const id = ids[thing];
      if (!id) continue;
      const answer = await second.call(
        method,
        path.replace(/\{[^}]+\}/g, id),
        withoutBody.includes(method) ? undefined : {},
      );
      const leaks = JSON.stringify(answer.body).includes(CANARY);
      const isFine = SHARED.includes(thing) ? answer.status < 500 : answer.status >= 400 && answer.status < 500;
      if (!isFine || leaks) reached.push(`${method} ${path}: ${answer.status}`);
    }
    expect(reached).toEqual([]);
  });

  it('know an id for every kind of thing that has routes', () => {
    const kinds = new Set(
      routes()
        .filter((route) => route.path.includes('{id}'))
        .map((route) => route.path.split('/')[2]),
    );
    expect([...kinds].filter((kind) => !ids[kind ?? ''])).toEqual([]);
  });

  it('see their own part of what everybody may ask for', async () => {
    for (const part of ['entries', 'updates', 'impact', 'evidence?format=json', 'postmortem']) {
      const path = `/v1/incidents/${ids.incidents}/${part}`;
      const sees = async (api: ApiClient) => JSON.stringify((await api.call('GET', path)).body).includes(CANARY);
      expect({ part, first: await sees(first), second: await sees(second) }).toEqual({
        ...{ part, first: true, second: false },
      });
    }
  });

  it('do not see each other in lists', async () => {
    for (const { path } of routes().filter((route) => route.method === 'GET' && !route.path.includes('{'))) {
      const answer = await second.call('GET', path);
      expect({ path, leaks: JSON.stringify(answer.body).includes(CANARY) }).toEqual({ path, leaks: false });
    }
  });

  it('still have everything afterwards', async () => {
    for (const thing of ['accounts', 'media', 'posts', 'targets', 'routes', 'subscribers', 'broadcasts', 'handoffs'])
      expect({ thing, status: (await first.call('GET', `/v1/${thing}/${ids[thing]}`)).status }).toEqual({
        thing,
        status: 200,
      });
  });

  it('answer nothing without a key, but for what is public', async () => {
    const anonymous = first.with(undefined);
    const open: string[] = [];
    for (const { path, method } of routes().filter((route) => route.path.startsWith('/v1/'))) {
      const url = path.replace(/\{[^}]+\}/g, ids.posts ?? '');
      const { status } = await anonymous.call(method, url, withoutBody.includes(method) ? undefined : {});
      if (status !== 401) open.push(`${method} ${path}`);
    }
    // A platform sends browsers back without our key: the state in the address stands for it.
    const byState = 'GET /v1/accounts/connect/{platform}/callback';
    expect(open.filter((route) => !route.includes('/v1/public/') && route !== byState)).toEqual([]);
  });
});
