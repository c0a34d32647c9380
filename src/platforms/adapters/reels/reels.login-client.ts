import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { ReelsConfig } from './reels.config.js';
import { type Caller, ReelsGraph } from './reels.graph.js';

const PAGE_FIELDS = 'id,name,access_token,instagram_business_account{id,username}';

/** A code as it came back, and where it came back to. */
export interface CodeCall {
  readonly code: string;
  readonly redirectUri: string;
  readonly signal: AbortSignal;
}

/** The token endpoints of both logins (`platforms.md` 2.1), documented with secrets as parameters. */
export class ReelsLoginClient {
  private readonly graph: ReelsGraph;

  constructor(
    private readonly config: ReelsConfig,
    private readonly http: PlatformHttp,
  ) {
    this.graph = new ReelsGraph(config, http);
  }

  exchangeCode({ code, redirectUri, signal }: CodeCall): Promise<PlatformAnswer> {
    const { appId, appSecret, tokenUrl } = this.config;
    const grant = { grant_type: 'authorization_code', redirect_uri: redirectUri, code };
    return this.http.send({
      method: 'POST',
      url: tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: appId, client_secret: appSecret, ...grant }).toString(),
      signal,
    });
  }

  exchangeShort(shortToken: string, signal: AbortSignal): Promise<PlatformAnswer> {
    const query = { client_secret: this.config.appSecret, access_token: shortToken };
    return this.ask('/access_token', { grant_type: 'ig_exchange_token', ...query }, signal);
  }

  /** Without a version in the path. */
  refresh({ credentials, signal }: Caller): Promise<PlatformAnswer> {
    const query = { grant_type: 'ig_refresh_token', access_token: credentials['accessToken'] ?? '' };
    return this.ask('/refresh_access_token', query, signal);
  }

  instagramUser(caller: Caller): Promise<PlatformAnswer> {
    return this.graph.get('/me?fields=user_id,username,account_type', caller);
  }

  exchangeFacebookCode({ code, redirectUri, signal }: CodeCall): Promise<PlatformAnswer> {
    return this.askFacebook('/oauth/access_token', { ...this.app, redirect_uri: redirectUri, code }, signal);
  }

  exchangeFacebookShort(shortToken: string, signal: AbortSignal): Promise<PlatformAnswer> {
    const query = { grant_type: 'fb_exchange_token', fb_exchange_token: shortToken };
    return this.askFacebook('/oauth/access_token', { ...this.app, ...query }, signal);
  }

  /** Without parameters: an error from which only liveness can be read. */
  facebookLiveness(signal: AbortSignal): Promise<PlatformAnswer> {
    return this.askFacebook('/oauth/access_token', {}, signal);
  }

  /** The Page that a Page token stands for, or the person that a user token does. */
  facebookSelf(caller: Caller): Promise<PlatformAnswer> {
    return this.graph.get('/me?fields=id,name,instagram_business_account{id,username}', caller);
  }

  /** The person's Pages, 100 at a time. */
  pages(caller: Caller, after?: string): Promise<PlatformAnswer> {
    const page = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    return this.graph.get(`/me/accounts?fields=${PAGE_FIELDS}&limit=100${page}`, caller);
  }

  /** What a Facebook token is worth, asked as the app itself. */
  debugToken(token: string, signal: AbortSignal): Promise<PlatformAnswer> {
    const { fbAppId, fbAppSecret } = this.config;
    return this.askFacebook('/debug_token', { input_token: token, access_token: `${fbAppId}|${fbAppSecret}` }, signal);
  }

  private get app(): Record<string, string> {
    return { client_id: this.config.fbAppId, client_secret: this.config.fbAppSecret };
  }

  private ask(path: string, query: Record<string, string>, signal: AbortSignal): Promise<PlatformAnswer> {
    const url = `${this.config.graphUrl}${path}?${new URLSearchParams(query).toString()}`;
    return this.http.send({ method: 'GET', url, signal });
  }

  private askFacebook(path: string, query: Record<string, string>, signal: AbortSignal): Promise<PlatformAnswer> {
    const base = `${this.config.fbGraphUrl}/${this.config.version}`;
    return this.http.send({ method: 'GET', url: `${base}${path}?${new URLSearchParams(query).toString()}`, signal });
  }
}
