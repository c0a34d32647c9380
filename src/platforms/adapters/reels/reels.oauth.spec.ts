import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../kernel/clock.port.js';
import type { OAuthCallback } from '../../domain/oauth.port.js';
import { type PlatformAnswer, PlatformHttp, type PlatformRequest } from '../../infrastructure/platform-http.js';
import { ReelsAdapter } from './reels.adapter.js';
import { REELS_DEFAULTS, type ReelsConfig } from './reels.config.js';

const NOW = new Date('2026-01-26T12:00:00Z');
const clock: Clock = { now: () => NOW };
const apps = { appId: 'ig', appSecret: 's3cret-ig', fbAppId: 'fb', fbAppSecret: 's3cret-fb' };

/** Meta's servers: the answer of the first path that fits; what is not prepared stays silent. */
class PathHttp extends PlatformHttp {
  readonly asked: string[] = [];
  constructor(private readonly answers: Readonly<Record<string, PlatformAnswer>>) {
    super();
  }
  override send({ url }: PlatformRequest): Promise<PlatformAnswer> {
    const { pathname } = new URL(url);
    this.asked.push(pathname);
    const found = Object.entries(this.answers).find(([path]) => pathname.endsWith(path));
    return Promise.resolve(found?.[1] ?? { kind: 'no_answer', detail: 'silence' });
  }
}

const reply = (status: number, body: unknown): PlatformAnswer => ({
  ...{ kind: 'response', status, headers: {} },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const callback = (query: Record<string, string>, flavour = 'instagram'): OAuthCallback => ({
  redirectUri: 'https://perennial.example/callback',
  state: 's',
  codeVerifier: 'v',
  options: { flavour },
  query,
  kept: { flavour },
  signal: new AbortController().signal,
});
const adapterOn = (answers: Readonly<Record<string, PlatformAnswer>>, config: Partial<ReelsConfig> = apps) => {
  const http = new PathHttp(answers);
  return { http, oauth: new ReelsAdapter({ ...REELS_DEFAULTS, ...config }, http, clock).oauth };
};

const long = reply(200, { access_token: 'IGlong', token_type: 'bearer', expires_in: 5_184_000 });
const me = reply(200, { user_id: '178', username: 'mara', account_type: 'BUSINESS' });
const granted = ['instagram_business_basic', 'instagram_business_content_publish'];

describe('the way to the consent page', () => {
  it.each([
    ['instagram', 'https://www.instagram.com/oauth/authorize', 'ig'],
    ['facebook', 'https://www.facebook.com/v25.0/dialog/oauth', 'fb'],
  ])('%s', async (flavour, page, clientId) => {
    const outcome = await adapterOn({}).oauth.authorize(callback({}, flavour));
    if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
    const url = new URL(outcome.url);
    expect([url.origin + url.pathname, outcome.kept]).toEqual([page, { flavour }]);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: clientId,
      redirect_uri: 'https://perennial.example/callback',
      response_type: 'code',
      state: 's',
      scope: expect.stringContaining('content_publish'),
    });
    expect(outcome.url).not.toContain('s3cret');
  });

  it.each([
    ['instagram', 'INSTAGRAM_APP_ID'],
    ['facebook', 'FACEBOOK_APP_ID'],
    ['myspace', 'flavour must be one of'],
  ])('is closed without an app or by another name: %s', async (flavour, words) => {
    const outcome = await adapterOn({}, {}).oauth.authorize(callback({}, flavour));
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining(words) });
  });
});

describe('the way back from Instagram', () => {
  const short = (permissions: unknown) => reply(200, { access_token: 'IGshort', user_id: 178, permissions });

  it.each([
    ['flat with a list', short(granted)],
    ['flat with a text', short(granted.join(','))],
    ['wrapped in data', reply(200, { data: [{ access_token: 'IGshort', permissions: granted.join(',') }] })],
    ['without permissions', reply(200, { access_token: 'IGshort' })],
  ])('connects with a short token %s', async (_name, answer) => {
    const { oauth } = adapterOn({ '/oauth/access_token': answer, '/access_token': long, '/me': me });
    const outcome = await oauth.exchange(callback({ code: 'c0de#_' }));
    expect(outcome).toMatchObject({
      kind: 'connected',
      identities: [
        {
          externalId: '178',
          displayName: 'mara',
          tokenExpiresAt: new Date('2026-03-27T12:00:00Z'),
          credentials: { flavour: 'instagram', accessToken: 'IGlong', issuedAt: '2026-01-26T12:00:00.000Z' },
        },
      ],
    });
    expect(JSON.stringify(outcome)).not.toContain('IGshort');
  });

  it.each([
    ['nothing was granted', short([]), 'unauthorised'],
    ['publishing was not granted', short(['instagram_business_basic']), 'unauthorised'],
    ['the code is spent', reply(400, { error_type: 'OAuthException', code: 400, error_message: 'used' }), 'rejected'],
    ['Meta is ill', reply(500, '<html>'), 'unavailable'],
    ['the body is cut', reply(200, '{"access_token":"IGsh'), 'unavailable'],
    ['the types are wrong', reply(200, { access_token: 5 }), 'unavailable'],
    ['nobody answers', { kind: 'no_answer', detail: 'x' } as const, 'unavailable'],
  ])('does not connect when %s', async (_name, answer, kind) => {
    const { oauth } = adapterOn({ '/oauth/access_token': answer, '/access_token': long, '/me': me });
    expect((await oauth.exchange(callback({ code: 'c' }))).kind).toBe(kind);
  });

  it('refuses a personal account and says how to change it', async () => {
    const personal = reply(200, { user_id: '178', account_type: 'PERSONAL' });
    const { oauth } = adapterOn({ '/oauth/access_token': short(granted), '/access_token': long, '/me': personal });
    expect(await oauth.exchange(callback({ code: 'c' }))).toMatchObject({
      kind: 'rejected',
      detail: expect.stringContaining('professional'),
    });
  });

  it.each([
    [{ error: 'access_denied', error_reason: 'user_denied' }, 'press Allow'],
    [{ error_code: '1349126', error_message: 'App not set up' }, 'App not set up'],
    [{}, 'no code came back'],
  ])('asks Meta nothing after %j', async (query, words) => {
    const { http, oauth } = adapterOn({});
    const outcome = await oauth.exchange(callback(query));
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining(words) });
    expect(http.asked).toEqual([]);
  });
});

describe('the way back from Facebook', () => {
  const token = reply(200, { access_token: 'EAAuser', token_type: 'bearer', expires_in: 5_183_944 });
  const pages = reply(200, {
    data: [
      { id: '1', name: 'Soup', access_token: 'EAApage', instagram_business_account: { id: '178' } },
      { id: '2', name: 'No Instagram', access_token: 'EAAother' },
    ],
  });

  it('goes on when the token cannot be looked at, since the code is spent', async () => {
    const { oauth } = adapterOn({ '/oauth/access_token': token, '/me/accounts': pages });
    expect(await oauth.exchange(callback({ code: 'c' }, 'facebook'))).toMatchObject({
      kind: 'connected',
      identities: [
        {
          externalId: '178',
          displayName: 'Soup',
          credentials: { flavour: 'facebook', accessToken: 'EAApage', userToken: 'EAAuser', pageId: '1' },
        },
      ],
    });
  });

  it.each([
    ['spent', { error: { code: 100, error_subcode: 36009, message: 'used' } }, 'rejected'],
    ['refused for now', { error: { code: 2, message: 'later', is_transient: true } }, 'unavailable'],
  ])('says what a code is that was %s', async (_name, body, kind) => {
    const { oauth } = adapterOn({ '/oauth/access_token': reply(400, body) });
    expect((await oauth.exchange(callback({ code: 'c' }, 'facebook'))).kind).toBe(kind);
  });
});
