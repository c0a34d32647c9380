import { describe, expect, it } from '@jest/globals';
import { onConsentPages } from '../support/consent-pages.js';

describe('a consent begun by a page of the dashboard', () => {
  const { platform, newName, begin, origin, server } = onConsentPages();

  const leave = async (returnUrl: string) => {
    const begun = await begin({ returnUrl }, { 'sec-fetch-site': 'same-origin' });
    return { url: begun.body.url as string, cookie: (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  };
  const comeBack = async (query: string, cookie: string) => {
    const url = await server().getUrl();
    const headers = { cookie, accept: 'text/html' };
    const address = `${url}/v1/accounts/connect/tiktok/callback${query}`;
    const answer = await fetch(address, { headers, redirect: 'manual' });
    const news = /consent_news=([\w-]+); Max-Age=60; Path=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '');
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      path: news?.[2],
      news: news && (JSON.parse(Buffer.from(news[1] ?? '', 'base64url').toString()) as unknown),
    };
  };
  const stateOf = (url: string) => `?state=${new URL(url).searchParams.get('state')}`;

  it('comes back to it with an account', async () => {
    const { url, cookie } = await leave(`${origin()}/accounts?account=1`);
    expect(await comeBack(platform.allow(url, [newName()]), cookie)).toEqual({
      status: 303,
      to: `${origin()}/accounts?account=1&consent=connected&platform=tiktok`,
      path: '/accounts',
      news: { platform: 'tiktok', notices: ['Posts are private until the app is audited.'] },
    });
  });

  it('comes back to it with the reason after a denial, and when it is late', async () => {
    const { url, cookie } = await leave(`${origin()}/accounts`);
    const query = `${stateOf(url)}&error=access_denied`;
    const to = `${origin()}/accounts?consent=refused&platform=tiktok`;
    expect(await comeBack(query, cookie)).toMatchObject({
      ...{ status: 303, to },
      news: { code: 'account.consent_denied', text: expect.stringContaining('TikTok') },
    });
    expect(await comeBack(query, cookie)).toMatchObject({
      status: 303,
      to,
      news: { code: 'account.consent_unknown' },
    });
  });

  it('leads nobody away from us, whatever the path looks like', async () => {
    const { url, cookie } = await leave(`${origin()}//evil.example/accounts`);
    const { to } = await comeBack(`${stateOf(url)}&error=access_denied`, cookie);
    expect(new URL(to ?? '').origin).toBe(origin());
  });

  it('is no business of another browser: it sees a page and changes nothing', async () => {
    const { url } = await leave(`${origin()}/accounts`);
    expect(await comeBack(platform.allow(url, [newName()]), '')).toMatchObject({ status: 400, to: null, news: null });
  });
});
