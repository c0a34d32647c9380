import type { Call, Reply } from '../http/call.js';
import { formBody, json, parameters } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { graphError } from './instagram-errors.js';
import type { Grant, InstagramState, MetaToken } from './instagram-state.js';
import { isRefusal, type MetaTokens } from './meta-tokens.js';

/** 60 days. */
export const LONG_TOKEN_SECONDS = 5_184_000;
const SHORT_TOKEN_SECONDS = 3_600;
/** A long token may be refreshed once it is a day old. */
const MIN_REFRESH_AGE_MS = 86_400_000;

/** Instagram Login (`platforms.md` 2.1): code, short token, long token of 60 days, refresh of a long one. */
export class InstagramLogin {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
    private readonly tokens: MetaTokens,
  ) {}

  /** `POST /oauth/access_token`: code for a short token; the code dies with its first use. */
  exchangeCode(call: Call): Reply {
    const form = formBody(call);
    const grant = this.state.codes.get(form['code'] ?? '');
    if (form['grant_type'] !== 'authorization_code') return refused('Invalid grant_type');
    if (form['client_id'] !== SANDBOX_APP.clientId || form['client_secret'] !== SANDBOX_APP.clientSecret)
      return refused('Invalid platform app');
    if (grant?.flavour !== 'instagram') return refused('Invalid authorization code');
    this.state.codes.delete(form['code'] ?? '');
    if (grant.expiresMs <= this.world.clock.nowMs()) return refused('This authorization code has expired');
    if (grant.redirectUri !== undefined && form['redirect_uri'] !== grant.redirectUri)
      return refused('Error validating verification code. The redirect_uri must be identical to the one before');
    return this.shortToken(grant);
  }

  /** `GET /access_token?grant_type=ig_exchange_token`: short for long. */
  exchangeShort(call: Call): Reply {
    const token = this.tokens.authorise(call, 'instagram');
    if (isRefusal(token)) return token;
    const { grant_type: grantType, client_secret: secret } = parameters(call);
    if (grantType !== 'ig_exchange_token') return graphError({ code: 100, message: 'Unsupported grant_type' });
    if (secret !== SANDBOX_APP.clientSecret)
      return graphError({ code: 101, message: 'Error validating client secret.' });
    return token.kind === 'short'
      ? this.granted(token)
      : graphError({ code: 452, message: 'Session key invalid: this is not a short-lived token.' });
  }

  /** `GET /refresh_access_token?grant_type=ig_refresh_token` */
  refresh(call: Call): Reply {
    const token = this.tokens.authorise(call, 'instagram');
    if (isRefusal(token)) return token;
    if (parameters(call)['grant_type'] !== 'ig_refresh_token')
      return graphError({ code: 100, message: 'Unsupported grant_type' });
    if (token.kind !== 'long') return graphError({ code: 100, message: 'Only long-lived tokens can be refreshed.' });
    return token.issuedMs + MIN_REFRESH_AGE_MS > this.world.clock.nowMs()
      ? graphError({ code: 100, message: 'The token must be at least 24 hours old.' })
      : this.granted(token);
  }

  /** The shape has varied over time; a setting chooses. */
  private shortToken({ accounts, scopes }: Grant): Reply {
    const facts = { flavour: 'instagram', kind: 'short', accounts, pages: [], scopes } as const;
    const flat = {
      access_token: this.tokens.issue(facts, SHORT_TOKEN_SECONDS).value,
      user_id: accounts[0]?.externalId,
    };
    return this.world.settings.instagramWrappedTokens
      ? json(200, { data: [{ ...flat, permissions: scopes.join(',') }] })
      : json(200, { ...flat, permissions: scopes });
  }

  private granted(old: MetaToken): Reply {
    const { value } = this.tokens.issue({ ...old, kind: 'long' }, LONG_TOKEN_SECONDS);
    return json(200, { access_token: value, token_type: 'bearer', expires_in: LONG_TOKEN_SECONDS });
  }
}

const refused = (message: string): Reply =>
  json(400, { error_type: 'OAuthException', code: 400, error_message: message });
