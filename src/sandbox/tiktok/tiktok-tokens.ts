import type { Call, Reply } from '../http/call.js';
import { bearer, json, formBody } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { TikTokAccount, TikTokState, TikTokToken } from './tiktok-state.js';

const SCOPE = 'user.info.basic,user.info.profile,user.info.stats,video.publish,video.upload,video.list';

/** OAuth v2 of TikTok (`platforms.md` 1.1): short access tokens, refresh tokens that rotate. */
export class TikTokTokens {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
  ) {}

  issue(account: TikTokAccount): { accessToken: string; refreshToken: string } {
    const accessToken = `act.${this.world.ids.word(40)}`;
    const refreshToken = `rft.${this.world.ids.word(40)}`;
    const nowMs = this.world.clock.nowMs();
    const { tiktokAccessTokenSeconds: access, tiktokRefreshTokenSeconds: refresh } = this.world.settings;
    this.state.accessTokens.set(accessToken, { account, expiresMs: nowMs + access * 1000 });
    this.state.refreshTokens.set(refreshToken, { account, expiresMs: nowMs + refresh * 1000 });
    return { accessToken, refreshToken };
  }

  /** The account behind a live access token. */
  authorise(call: Call): TikTokAccount | undefined {
    const token = this.state.accessTokens.get(bearer(call) ?? '');
    return token && token.expiresMs > this.world.clock.nowMs() ? token.account : undefined;
  }

  /** The account a token belongs or belonged to. */
  owner(call: Call): TikTokAccount | undefined {
    const token = this.state.accessTokens.get(bearer(call) ?? '');
    return token?.account;
  }

  expire(account: TikTokAccount): void {
    for (const token of this.state.accessTokens.values()) if (token.account === account) token.expiresMs = 0;
  }

  refreshOwner(call: Call): TikTokAccount | undefined {
    return this.state.refreshTokens.get(formBody(call)['refresh_token'] ?? '')?.account;
  }

  /** `POST /v2/oauth/token/` */
  token(call: Call): Reply {
    const form = formBody(call);
    if (form['client_key'] !== SANDBOX_APP.clientId || form['client_secret'] !== SANDBOX_APP.clientSecret) {
      return this.refuse('invalid_client', 'Client key or secret is incorrect.');
    }
    if (form['grant_type'] === 'authorization_code') return this.exchange(form['code'] ?? '');
    if (form['grant_type'] === 'refresh_token') return this.refresh(form['refresh_token'] ?? '');
    return this.refuse('unsupported_grant_type', 'Grant type is not supported.');
  }

  /** `POST /v2/oauth/revoke/` */
  revoke(call: Call): Reply {
    const token = formBody(call)['token'] ?? '';
    const owner = (this.state.accessTokens.get(token) ?? this.state.refreshTokens.get(token))?.account;
    for (const tokens of [this.state.accessTokens, this.state.refreshTokens]) {
      for (const [name, { account }] of tokens) if (account === owner) tokens.delete(name);
    }
    return json(200, {});
  }

  private exchange(code: string): Reply {
    const account = this.state.codes.get(code);
    if (!account) return this.refuse('invalid_grant', 'Authorization code is expired.');
    this.state.codes.delete(code);
    return this.granted(account);
  }

  private refresh(refreshToken: string): Reply {
    const token: TikTokToken | undefined = this.state.refreshTokens.get(refreshToken);
    if (!token || token.expiresMs <= this.world.clock.nowMs()) {
      return this.refuse('invalid_grant', 'Refresh token is invalid or expired.');
    }
    if (!this.world.settings.tiktokKeepOldRefreshToken) token.expiresMs = 0;
    return this.granted(token.account);
  }

  private granted(account: TikTokAccount): Reply {
    const { accessToken, refreshToken } = this.issue(account);
    return json(200, {
      open_id: account.externalId,
      scope: SCOPE,
      access_token: accessToken,
      expires_in: this.world.settings.tiktokAccessTokenSeconds,
      refresh_token: refreshToken,
      refresh_expires_in: this.world.settings.tiktokRefreshTokenSeconds,
      token_type: 'Bearer',
    });
  }

  private refuse(error: string, description: string): Reply {
    const status = this.world.settings.tiktokOauthErrorStatus;
    return json(status, { error, error_description: description, log_id: `2026${this.world.ids.word(12)}` });
  }
}
