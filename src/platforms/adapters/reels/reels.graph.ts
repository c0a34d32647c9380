import { createHmac } from 'node:crypto';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { ReelsConfig } from './reels.config.js';
import { flavourOf } from './reels.flavour.js';

export type Caller = Pick<PlatformContext, 'credentials' | 'signal'>;
export type Owner = Caller & Pick<PlatformContext, 'externalId'>;

/** Meta's Graph API at the host that the caller's login demands. The token travels in a header, never in a URL. */
export class ReelsGraph {
  constructor(
    private readonly config: ReelsConfig,
    private readonly http: PlatformHttp,
  ) {}

  /** @param path from the version on; may hold a query */
  get(path: string, caller: Caller): Promise<PlatformAnswer> {
    return this.http.send({ method: 'GET', url: this.proven(path, caller), ...this.sender(caller) });
  }

  post(
    path: string,
    caller: Caller,
    call: { readonly fields: Readonly<Record<string, string>>; readonly irreversible?: boolean },
  ): Promise<PlatformAnswer> {
    const { headers, signal } = this.sender(caller);
    return this.http.send({
      method: 'POST',
      url: this.urlOf(path, caller),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...call.fields, ...this.proof(caller) }).toString(),
      signal,
      irreversible: call.irreversible ?? false,
    });
  }

  remove(path: string, caller: Caller): Promise<PlatformAnswer> {
    return this.http.send({ method: 'DELETE', url: this.proven(path, caller), ...this.sender(caller) });
  }

  private sender({ credentials, signal }: Caller): { headers: Record<string, string>; signal: AbortSignal } {
    const token = credentials['accessToken'];
    return { headers: token ? { authorization: `Bearer ${token}` } : {}, signal };
  }

  private proven(path: string, caller: Caller): string {
    const url = new URL(this.urlOf(path, caller));
    for (const [name, value] of Object.entries(this.proof(caller))) url.searchParams.set(name, value);
    return url.href;
  }

  private urlOf(path: string, { credentials }: Caller): string {
    const host = flavourOf(credentials) === 'facebook' ? this.config.fbGraphUrl : this.config.graphUrl;
    return `${host}/${this.config.version}${path}`;
  }

  /** Facebook apps may demand it; one that is right is never refused. */
  private proof({ credentials }: Caller): Record<string, string> {
    const token = credentials['accessToken'];
    if (flavourOf(credentials) !== 'facebook' || !token || this.config.fbAppSecret === '') return {};
    return { appsecret_proof: createHmac('sha256', this.config.fbAppSecret).update(token).digest('hex') };
  }
}
