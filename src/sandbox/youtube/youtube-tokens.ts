import type { Call, Reply } from '../http/call.js';
import { bearer, formBody, json } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { YouTubeAccount, YouTubeState } from './youtube-state.js';

const ACCESS_TOKEN_SECONDS = 3_599;
const SCOPE = ['upload', 'readonly', 'force-ssl'].map((s) => `https://www.googleapis.com/auth/youtube.${s}`).join(' ');

/** Google's token endpoint (`platforms.md` 3.1): a refresh keeps the refresh token and does not repeat it. */
export class YouTubeTokens {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  issueAccess(account: YouTubeAccount): string {
    const accessToken = `ya29.${this.world.ids.word(60)}`;
    const expiresMs = this.world.clock.nowMs() + ACCESS_TOKEN_SECONDS * 1000;
    this.state.accessTokens.set(accessToken, { account, expiresMs });
    return accessToken;
  }

  issueRefresh(account: YouTubeAccount): string {
    const refreshToken = `1//${this.world.ids.word(50)}`;
    this.state.refreshTokens.set(refreshToken, account);
    return refreshToken;
  }

  authorise(call: Call): YouTubeAccount | undefined {
    const token = this.state.accessTokens.get(bearer(call) ?? '');
    return token && token.expiresMs > this.world.clock.nowMs() ? token.account : undefined;
  }

  owner(call: Call): YouTubeAccount | undefined {
    const byRefresh = this.state.refreshTokens.get(formBody(call)['refresh_token'] ?? '');
    return this.state.accessTokens.get(bearer(call) ?? '')?.account ?? byRefresh;
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
    if (form['grant_type'] === 'authorization_code') return this.exchange(form['code'] ?? '');
    return json(400, { error: 'unsupported_grant_type', error_description: 'Invalid grant_type' });
  }

  /** `POST /revoke?token=…` */
  revoke(call: Call): Reply {
    const token = call.url.searchParams.get('token') ?? formBody(call)['token'] ?? '';
    const account = this.state.refreshTokens.get(token) ?? this.state.accessTokens.get(token)?.account;
    if (!account) return json(400, { error: 'invalid_token', error_description: 'Token expired or revoked' });
    this.expire(account);
    for (const [name, owner] of this.state.refreshTokens) if (owner === account) this.state.refreshTokens.delete(name);
    return json(200, {});
  }

  private refresh(refreshToken: string): Reply {
    const account = this.state.refreshTokens.get(refreshToken);
    if (!account) {
      return json(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' });
    }
    return json(200, this.granted(account));
  }

  private exchange(code: string): Reply {
    const account = this.state.codes.get(code);
    if (!account) return json(400, { error: 'invalid_grant', error_description: 'Malformed auth code.' });
    this.state.codes.delete(code);
    return json(200, { ...this.granted(account), refresh_token: this.issueRefresh(account) });
  }

  private granted(account: YouTubeAccount): Record<string, unknown> {
    const access_token = this.issueAccess(account);
    return { access_token, expires_in: ACCESS_TOKEN_SECONDS, scope: SCOPE, token_type: 'Bearer' };
  }
}
