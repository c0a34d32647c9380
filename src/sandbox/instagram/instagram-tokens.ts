import type { Call, Reply } from '../http/call.js';
import { bearer, json, parameters } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { badToken, graphError } from './instagram-errors.js';
import type { InstagramAccount, InstagramState } from './instagram-state.js';

const LONG_TOKEN_SECONDS = 5_184_000;
const SHORT_TOKEN_SECONDS = 3_600;
/** A long token may be refreshed once it is a day old. */
const MIN_REFRESH_AGE_MS = 86_400_000;

/** Instagram Login (`platforms.md` 2.1): short token, long token of 60 days, refresh of a long one. */
export class InstagramTokens {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
  ) {}

  issue(account: InstagramAccount, seconds = LONG_TOKEN_SECONDS): string {
    const token = `IG${this.world.ids.word(80)}`;
    const issuedMs = this.world.clock.nowMs();
    this.state.tokens.set(token, { account, issuedMs, expiresMs: issuedMs + seconds * 1000 });
    return token;
  }

  owner(call: Call): InstagramAccount | undefined {
    return this.state.tokens.get(this.sent(call))?.account;
  }

  expire(account: InstagramAccount): void {
    for (const token of this.state.tokens.values()) if (token.account === account) token.expiresMs = 0;
  }

  /** The account of a live token, or the refusal. */
  authorise(call: Call): InstagramAccount | Reply {
    const token = this.state.tokens.get(this.sent(call));
    if (!token) return badToken(467);
    return token.expiresMs > this.world.clock.nowMs() ? token.account : badToken(463);
  }

  /** `POST /oauth/access_token`: code for a short token. */
  exchangeCode(call: Call): Reply {
    const form = parameters(call);
    const account = this.state.codes.get(form['code'] ?? '');
    const isApp = form['client_id'] === SANDBOX_APP.clientId && form['client_secret'] === SANDBOX_APP.clientSecret;
    if (!account || !isApp) {
      return json(400, { error_type: 'OAuthException', code: 400, error_message: 'Invalid authorization code' });
    }
    this.state.codes.delete(form['code'] ?? '');
    return json(200, {
      access_token: this.issue(account, SHORT_TOKEN_SECONDS),
      user_id: account.externalId,
      permissions: ['instagram_business_basic', 'instagram_business_content_publish'],
    });
  }

  /** `GET /access_token?grant_type=ig_exchange_token`: short for long. */
  exchangeShort(call: Call): Reply {
    const account = this.authorise(call);
    if ('status' in account) return account;
    if (parameters(call)['client_secret'] !== SANDBOX_APP.clientSecret) {
      return graphError({ code: 101, message: 'Error validating client secret.' });
    }
    return this.granted(account);
  }

  /** `GET /refresh_access_token?grant_type=ig_refresh_token` */
  refresh(call: Call): Reply {
    const account = this.authorise(call);
    if ('status' in account) return account;
    const token = this.state.tokens.get(this.sent(call));
    const isTooYoung = (token?.issuedMs ?? 0) + MIN_REFRESH_AGE_MS > this.world.clock.nowMs();
    return isTooYoung
      ? graphError({ code: 100, message: 'The token must be at least 24 hours old.' })
      : this.granted(account);
  }

  /** As parameter, or with `Bearer`; the upload host wants the word `OAuth`. */
  private sent(call: Call): string {
    return bearer(call) ?? bearer(call, 'OAuth') ?? parameters(call)['access_token'] ?? '';
  }

  private granted(account: InstagramAccount): Reply {
    return json(200, { access_token: this.issue(account), token_type: 'bearer', expires_in: LONG_TOKEN_SECONDS });
  }
}
