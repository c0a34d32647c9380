import { createHash } from 'node:crypto';
import type { Call, Reply } from '../http/call.js';
import { bearer, formBody, json } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { missingScope, notSignedIn } from './youtube-errors.js';
import type { ConsentCode, RefreshToken, YouTubeAccount, YouTubeState } from './youtube-state.js';

const DAY_MS = 86_400_000;
/** A refresh token that nobody used for six months is dead. */
const UNUSED_LIFE_MS = 183 * DAY_MS;
/** Refresh tokens given while the consent screen is in "Testing". */
const TESTING_LIFE_MS = 7 * DAY_MS;
/** Live refresh tokens per account and client; one more kills the oldest. */
const MAX_REFRESH_TOKENS = 100;

const invalidGrant = (description: string): Reply =>
  json(400, { error: 'invalid_grant', error_description: description });
const deadToken = (): Reply => invalidGrant('Token has been expired or revoked.');

/** Google's token endpoint (`platforms.md` 3.1): a refresh keeps the refresh token and does not repeat it. */
export class YouTubeTokens {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  issueAccess(account: YouTubeAccount, scopes: readonly string[]): string {
    const accessToken = `ya29.${this.world.ids.word(60)}`;
    const expiresMs = this.world.clock.nowMs() + this.world.settings.shortsAccessTokenSeconds * 1000;
    this.state.accessTokens.set(accessToken, { account, scopes, expiresMs });
    return accessToken;
  }

  issueRefresh(account: YouTubeAccount, scopes: readonly string[]): string {
    const refreshToken = `1//${this.world.ids.word(50)}`;
    const nowMs = this.world.clock.nowMs();
    this.state.refreshTokens.set(refreshToken, { account, scopes, createdMs: nowMs, usedMs: nowMs });
    const [oldest, ...others] = [...this.state.refreshTokens].filter(([, token]) => token.account === account);
    if (oldest && others.length >= MAX_REFRESH_TOKENS) this.state.refreshTokens.delete(oldest[0]);
    return refreshToken;
  }

  /** Who signed the call, or the refusal; `anyOf` are the scopes of which one must have been granted. */
  authorise(call: Call, anyOf: readonly string[]): YouTubeAccount | Reply {
    const token = this.state.accessTokens.get(bearer(call) ?? '');
    if (!token || token.expiresMs <= this.world.clock.nowMs()) return notSignedIn();
    return token.scopes.some((scope) => anyOf.includes(scope)) ? token.account : missingScope();
  }

  owner(call: Call): YouTubeAccount | undefined {
    const form = formBody(call);
    const byRefresh = this.state.refreshTokens.get(form['refresh_token'] ?? '')?.account;
    const byCode = this.state.codes.get(form['code'] ?? '')?.account;
    return this.state.accessTokens.get(bearer(call) ?? '')?.account ?? byRefresh ?? byCode;
  }

  expire(account: YouTubeAccount): void {
    for (const token of this.state.accessTokens.values()) if (token.account === account) token.expiresMs = 0;
  }

  /** `POST /token` */
  token(call: Call): Reply {
    const form = formBody(call);
    if (form['client_id'] !== SANDBOX_APP.clientId || form['client_secret'] !== SANDBOX_APP.clientSecret) {
      return json(401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' });
    }
    if (form['grant_type'] === 'refresh_token') return this.refresh(form['refresh_token'] ?? '');
    if (form['grant_type'] === 'authorization_code') return this.exchange(form);
    return json(400, { error: 'unsupported_grant_type', error_description: 'Invalid grant_type' });
  }

  /** `POST /revoke?token=…` */
  revoke(call: Call): Reply {
    const token = call.url.searchParams.get('token') ?? formBody(call)['token'] ?? '';
    const account = (this.state.refreshTokens.get(token) ?? this.state.accessTokens.get(token))?.account;
    if (!account) return json(400, { error: 'invalid_token', error_description: 'Token expired or revoked' });
    this.expire(account);
    this.state.consented.delete(account.externalId);
    for (const [name, owner] of this.state.refreshTokens) {
      if (owner.account === account) this.state.refreshTokens.delete(name);
    }
    return json(200, {});
  }

  private refresh(refreshToken: string): Reply {
    const token = this.state.refreshTokens.get(refreshToken);
    if (!token || this.isDead(token)) return deadToken();
    token.usedMs = this.world.clock.nowMs();
    return json(200, this.granted(token));
  }

  private isDead({ usedMs, createdMs }: RefreshToken): boolean {
    const nowMs = this.world.clock.nowMs();
    if (nowMs - usedMs > UNUSED_LIFE_MS) return true;
    return this.world.settings.shortsTestingApp && nowMs - createdMs > TESTING_LIFE_MS;
  }

  private exchange(form: Readonly<Record<string, string>>): Reply {
    const code = this.state.codes.get(form['code'] ?? '');
    if (!code || code.expiresMs <= this.world.clock.nowMs()) return invalidGrant('Malformed auth code.');
    if (code.redirectUri !== undefined && code.redirectUri !== form['redirect_uri']) {
      return json(400, { error: 'redirect_uri_mismatch', error_description: 'Bad Request' });
    }
    const fault = verifierFault(code, form['code_verifier']);
    if (fault) return invalidGrant(fault);
    this.state.codes.delete(form['code'] ?? '');
    const refresh = code.isOffline ? { refresh_token: this.issueRefresh(code.account, code.scopes) } : {};
    return json(200, { ...this.granted(code), ...refresh });
  }

  private granted({ account, scopes }: Pick<ConsentCode, 'account' | 'scopes'>): Record<string, unknown> {
    const access_token = this.issueAccess(account, scopes);
    const expires_in = this.world.settings.shortsAccessTokenSeconds;
    return { access_token, expires_in, scope: scopes.join(' '), token_type: 'Bearer' };
  }
}

const verifierFault = ({ challenge }: ConsentCode, verifier: string | undefined): string | undefined => {
  if (!challenge) return undefined;
  if (!verifier) return 'Missing code verifier.';
  const shown = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return shown === challenge.value ? undefined : 'Invalid code verifier.';
};
