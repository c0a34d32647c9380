import { request } from 'undici';

/** What the browser would do on the consent page of a PDS (`@atproto/oauth-provider`), without a browser. */
export interface Consent {
  /** Where our app sends the browser. */
  readonly url: string;
  readonly username: string;
  /** The account's own password; the page takes no app passwords. */
  readonly password: string;
  readonly decision?: 'allow' | 'deny';
}

interface Page {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

const NAVIGATE = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

/** One browser with its cookies; `fetch` would overwrite the Sec-Fetch headers that the pages insist on. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async open(url: string, headers: Record<string, string>, body?: object): Promise<Page> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return { status: answer.statusCode, location: String(answer.headers['location']), text: await answer.body.text() };
  }

  cookie(name: string): string {
    return this.cookies.get(name) ?? '';
  }
}

/**
 * Signs in and decides.
 * @returns the query that the browser brings back to our callback
 * @throws Error with the page's own words
 */
export const consentAtPds = async ({ url, username, password, decision = 'allow' }: Consent) => {
  const browser = new Browser();
  const { origin } = new URL(url);
  const page = await browser.open(url, { ...NAVIGATE, 'sec-fetch-site': 'cross-site' });
  if (page.status !== 200) throw new Error(`The consent page: ${page.status} ${page.text.slice(0, 300)}`);
  const api = async <T>(endpoint: string, body: object): Promise<T> => {
    const headers = {
      origin,
      referer: url,
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'same-origin',
      'sec-fetch-dest': 'empty',
      'x-csrf-token': browser.cookie('csrf-token'),
    };
    const answer = await browser.open(`${origin}/@atproto/oauth-provider/~api/${endpoint}`, headers, body);
    if (answer.status !== 200) throw new Error(`${endpoint}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  };
  const signIn = { locale: 'en', username, password, remember: true };
  const { account } = await api<{ account: { did: string } }>('sign-in', signIn);
  const decided =
    decision === 'allow'
      ? await api<{ url: string }>('consent', { did: account.did })
      : await api<{ url: string }>('reject', {});
  const back = await browser.open(decided.url, { ...NAVIGATE, referer: url, 'sec-fetch-site': 'same-origin' });
  return Object.fromEntries(new URL(back.location).searchParams);
};
