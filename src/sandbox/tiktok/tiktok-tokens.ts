import { createHash } from 'node:crypto';
import type { Call, Reply } from '../http/call.js';
import { bearer, json, formBody } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { TikTokAccount, TikTokCode, TikTokState, TikTokToken } from './tiktok-state.js';
import type { TikTokWebhooks } from './tiktok-webhooks.js';

export const TIKTOK_SCOPES = [
  'user.info.basic',
  'user.info.profile',
  'user.info.stats',
  'video.publish',
  'video.upload',
  'video.list',
] as const;
export type TikTokScope = (typeof TIKTOK_SCOPES)[number];

/** How long a code may be exchanged; not documented, minutes in practice. */
const CODE_LIFE_MS = 600_000;

/** `reason` of `authorization.removed`. */
export const REMOVED_BY = { user: 1, developer: 5 } as const;

/** OAuth v2 of TikTok (`platforms.md` 1.1): short access tokens, refresh tokens that rotate. */
export class TikTokTokens {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly webhooks: TikTokWebhooks,
  ) {}

  issue(account: TikTokAccount, scopes: readonly string[]): { accessToken: string; refreshToken: string } {
    const accessToken = `act.${this.world.ids.word(40)}`;
    const refreshToken = `rft.${this.world.ids.word(40)}`;
    const nowMs = this.world.clock.nowMs();
    const { tiktokAccessTokenSeconds: access, tiktokRefreshTokenSeconds: refresh } = this.world.settings;
    this.state.accessTokens.set(accessToken, { account, scopes, expiresMs: nowMs + access * 1000 });
    this.state.refreshTokens.set(refreshToken, { account, scopes, expiresMs: nowMs + refresh * 1000 });
    return { accessToken, refreshToken };
  }

  /** A code that works once. */
  issueCode(code: Omit<TikTokCode, 'expiresMs'>): string {
    const word = this.world.ids.word(40);
    this.state.codes.set(word, { ...code, expiresMs: this.world.clock.nowMs() + CODE_LIFE_MS });
    return word;
  }

  /** The live access token of a call. */
  authorise(call: Call): TikTokToken | undefined {
    const token = this.state.accessTokens.get(bearer(call) ?? '');
    return token && token.expiresMs > this.world.clock.nowMs() ? token : undefined;
  }

  /** The account a token belongs or belonged to. */
  owner(call: Call): TikTokAccount | undefined {
    return this.state.accessTokens.get(bearer(call) ?? '')?.account;
  }

  expire(account: TikTokAccount): void {
    for (const token of this.state.accessTokens.values()) if (token.account === account) token.expiresMs = 0;
  }

  refreshOwner(call: Call): TikTokAccount | undefined {
    const form = formBody(call);
    return (
      this.state.refreshTokens.get(form['refresh_token'] ?? '')?.account ??
      this.state.codes.get(form['code'] ?? '')?.account
    );
  }

  /** `POST /v2/oauth/token/` */
  token(call: Call): Reply {
    const form = formBody(call);
    if (form['client_key'] !== SANDBOX_APP.clientId || form['client_secret'] !== SANDBOX_APP.clientSecret) {
      return this.refuse('invalid_client', 'Client key or secret is incorrect.');
    }
    if (form['grant_type'] === 'authorization_code') return this.exchange(form);
    if (form['grant_type'] === 'refresh_token') return this.refresh(form['refresh_token'] ?? '');
    return this.refuse('unsupported_grant_type', 'Grant type is not supported.');
  }

  /** `POST /v2/oauth/revoke/` */
  revoke(call: Call): Reply {
    const form = formBody(call);
    if (form['client_key'] !== SANDBOX_APP.clientId || form['client_secret'] !== SANDBOX_APP.clientSecret) {
      return this.refuse('invalid_client', 'Client key or secret is incorrect.');
    }
    const token = form['token'] ?? '';
    const owner = (this.state.accessTokens.get(token) ?? this.state.refreshTokens.get(token))?.account;
    if (owner) this.remove(owner, REMOVED_BY.developer);
    return json(200, {});
  }

  /** Ends the consent, and with it every token. @param reason see `REMOVED_BY` */
  remove(owner: TikTokAccount, reason: number): void {
    for (const tokens of [this.state.accessTokens, this.state.refreshTokens]) {
      for (const [name, { account }] of tokens) if (account === owner) tokens.delete(name);
    }
    this.webhooks.tell('authorization.removed', owner, JSON.stringify({ reason }));
  }

  private exchange(form: Readonly<Record<string, string>>): Reply {
    const word = form['code'] ?? '';
    const code = this.state.codes.get(word);
    if (!code || code.expiresMs <= this.world.clock.nowMs()) {
      return this.refuse('invalid_grant', 'Authorization code is expired.');
    }
    if (code.redirectUri !== undefined && code.redirectUri !== form['redirect_uri']) {
      return this.refuse('invalid_request', 'Redirect_uri is not matched with the uri when requesting code.');
    }
    if (code.challenge !== undefined && code.challenge !== challengeOf(form['code_verifier'] ?? '')) {
      return this.refuse('invalid_request', 'Code verifier or code challenge is invalid.');
    }
    this.state.codes.delete(word);
    return this.granted(code);
  }

  private refresh(refreshToken: string): Reply {
    const token = this.state.refreshTokens.get(refreshToken);
    if (!token || token.expiresMs <= this.world.clock.nowMs()) {
      return this.refuse('invalid_grant', 'Refresh token is invalid or expired.');
    }
    if (!this.world.settings.tiktokKeepOldRefreshToken) token.expiresMs = 0;
    return this.granted(token);
  }

  private granted({ account, scopes }: Pick<TikTokToken, 'account' | 'scopes'>): Reply {
    const { accessToken, refreshToken } = this.issue(account, scopes);
    return json(200, {
      open_id: account.externalId,
      scope: scopes.join(','),
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

/** Hex, not base64url: TikTok's own reading of PKCE (`platforms.md` 1.1). */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('hex');
