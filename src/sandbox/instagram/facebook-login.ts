import type { Call, Reply } from '../http/call.js';
import { json, parameters } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { badToken, graphError } from './instagram-errors.js';
import { LONG_TOKEN_SECONDS } from './instagram-login.js';
import type { InstagramState, MetaToken, Page } from './instagram-state.js';
import { isRefusal, type MetaTokens } from './meta-tokens.js';

const SHORT_TOKEN_SECONDS = 5_400;
/** Data access lapses whatever the token says, seconds. */
const DATA_ACCESS_SECONDS = 7_776_000;
const USER_ID = '10150000000000001';

/** Facebook Login (`platforms.md` 2.1): code, short and long user token, Page tokens, `debug_token`. */
export class FacebookLogin {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
    private readonly tokens: MetaTokens,
  ) {}

  /** `GET /oauth/access_token`: a code, or with `grant_type=fb_exchange_token` a short user token for a long one. */
  accessToken(call: Call): Reply {
    const given = parameters(call);
    if (given['client_id'] !== SANDBOX_APP.clientId)
      return graphError({ code: 101, message: 'Error validating application.' });
    if (given['client_secret'] !== SANDBOX_APP.clientSecret)
      return graphError({ code: 1, message: 'Error validating client secret.' });
    return given['grant_type'] === 'fb_exchange_token' ? this.exchangeShort(given) : this.exchangeCode(given);
  }

  me(call: Call): Reply {
    const token = this.tokens.authorise(call, 'facebook');
    if (isRefusal(token)) return token;
    const fields = call.url.searchParams.get('fields') ?? 'id,name';
    const page = token.kind === 'page' ? token.pages[0] : undefined;
    if (page) return json(200, this.showPage(page, fields));
    return fields.includes('instagram_business_account')
      ? nonexistent('instagram_business_account')
      : json(200, { id: USER_ID, name: 'Mara Sandbox' });
  }

  /** `GET /me/accounts`: the chosen Pages with a token each; from a long user token it has no end. */
  pages(call: Call): Reply {
    const token = this.tokens.authorise(call, 'facebook', 'pages');
    if (isRefusal(token)) return token;
    if (token.kind === 'page') return nonexistent('accounts');
    const fields = call.url.searchParams.get('fields') ?? 'id,name,access_token';
    const data = token.pages.map((page) => ({
      ...this.showPage(page, fields),
      ...(fields.includes('access_token') ? { access_token: this.pageToken(token, page).value } : {}),
    }));
    return json(200, { data, ...(data.length > 0 ? { paging: { cursors: { before: 'a', after: 'z' } } } : {}) });
  }

  /** `GET /debug_token` with the app's own token `id|secret`. */
  debug(call: Call): Reply {
    const { access_token: appToken, input_token: input = '' } = parameters(call);
    if (appToken !== `${SANDBOX_APP.clientId}|${SANDBOX_APP.clientSecret}`) return badToken(467);
    const token = this.state.tokens.get(input);
    if (token?.flavour !== 'facebook') {
      const error = { code: 190, message: 'Invalid OAuth access token.' };
      return json(200, { data: { error, is_valid: false, scopes: [] } });
    }
    const issuedAt = Math.floor(token.issuedMs / 1000);
    const data = {
      app_id: SANDBOX_APP.clientId,
      type: token.kind === 'page' ? 'PAGE' : 'USER',
      application: 'Sandbox',
      issued_at: issuedAt,
      expires_at: Number.isFinite(token.expiresMs) ? Math.floor(token.expiresMs / 1000) : 0,
      data_access_expires_at: issuedAt + DATA_ACCESS_SECONDS,
      is_valid: this.tokens.isAlive(token),
      scopes: token.scopes,
      user_id: USER_ID,
      ...(token.kind === 'page' ? { profile_id: token.pages[0]?.id } : {}),
    };
    return json(200, { data });
  }

  /** The Page's own token, as `me/accounts` hands it out. */
  pageToken(user: MetaToken, page: Page): MetaToken {
    const accounts = page.account ? [page.account] : [];
    const leftSeconds = Math.floor((user.expiresMs - this.world.clock.nowMs()) / 1000);
    const facts = { flavour: 'facebook', kind: 'page', accounts, pages: [page], scopes: user.scopes } as const;
    return this.tokens.issue(facts, user.kind === 'user-long' ? Infinity : leftSeconds);
  }

  private exchangeCode(given: Readonly<Record<string, string>>): Reply {
    const grant = this.state.codes.get(given['code'] ?? '');
    if (grant?.flavour !== 'facebook')
      return graphError({ code: 100, subcode: 36009, message: 'This authorization code has been used.' });
    this.state.codes.delete(given['code'] ?? '');
    if (grant.expiresMs <= this.world.clock.nowMs())
      return graphError({ code: 100, subcode: 36007, message: 'This authorization code has expired.' });
    if (grant.redirectUri !== undefined && given['redirect_uri'] !== grant.redirectUri)
      return graphError({ code: 100, subcode: 36008, message: 'Error validating verification code.' });
    const { accounts, pages, scopes } = grant;
    return granted(
      this.tokens.issue({ flavour: 'facebook', kind: 'user-short', accounts, pages, scopes }, SHORT_TOKEN_SECONDS),
      SHORT_TOKEN_SECONDS,
    );
  }

  private exchangeShort(given: Readonly<Record<string, string>>): Reply {
    const token = this.state.tokens.get(given['fb_exchange_token'] ?? '');
    if (token?.flavour !== 'facebook' || token.kind === 'page') return badToken(467);
    if (!this.tokens.isAlive(token)) return badToken(463);
    return granted(this.tokens.issue({ ...token, kind: 'user-long' }, LONG_TOKEN_SECONDS), LONG_TOKEN_SECONDS);
  }

  private showPage({ id, name, account }: Page, fields: string): Record<string, unknown> {
    const wanted = /instagram_business_account(?:\{([^}]*)\})?/.exec(fields);
    const linked = account && {
      id: account.externalId,
      ...(wanted?.[1]?.includes('username') ? { username: account.handle } : {}),
    };
    return { id, name, ...(wanted && linked ? { instagram_business_account: linked } : {}) };
  }
}

const granted = ({ value }: MetaToken, expiresIn: number): Reply =>
  json(200, { access_token: value, token_type: 'bearer', expires_in: expiresIn });

const nonexistent = (field: string): Reply =>
  graphError({ code: 100, message: `Tried accessing nonexisting field (${field}) on this node type` });
