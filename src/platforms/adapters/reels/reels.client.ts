import type { Readable } from 'node:stream';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { ReelsConfig } from './reels.config.js';

type Caller = Pick<PlatformContext, 'credentials' | 'signal'>;
type Owner = Caller & Pick<PlatformContext, 'externalId'>;

const LIST_FIELDS = 'id,caption,media_type,media_product_type,permalink,shortcode,timestamp,like_count,comments_count';

/** Instagram's calls on the wire (`platforms.md` section 2). The token travels in a header, never in a URL we choose. */
export class ReelsClient {
  constructor(
    private readonly config: ReelsConfig,
    private readonly http: PlatformHttp,
  ) {}

  createContainer(owner: Owner, fields: Readonly<Record<string, string>>): Promise<PlatformAnswer> {
    return this.post(`/${owner.externalId}/media`, owner, { fields });
  }

  /** Where the bytes of a container go when the create answer did not say. */
  uploadUri(containerId: string): string {
    return `${this.config.ruploadUrl}/ig-api-upload/${this.config.version}/${containerId}`;
  }

  upload(
    caller: Caller,
    uri: string,
    media: { readonly bytes: number; readonly body: Readable },
  ): Promise<PlatformAnswer> {
    const headers = {
      authorization: `OAuth ${caller.credentials['accessToken'] ?? ''}`,
      'content-type': 'application/octet-stream',
      'content-length': String(media.bytes),
      offset: '0',
      file_size: String(media.bytes),
    };
    return this.http.send({
      method: 'POST',
      url: uri,
      headers,
      body: media.body,
      signal: caller.signal,
      kind: 'upload',
    });
  }

  containerStatus(caller: Caller, containerId: string): Promise<PlatformAnswer> {
    return this.get(`/${containerId}?fields=status_code,status`, caller);
  }

  publish(owner: Owner, containerId: string): Promise<PlatformAnswer> {
    return this.post(`/${owner.externalId}/media_publish`, owner, {
      fields: { creation_id: containerId },
      irreversible: true,
    });
  }

  list(owner: Owner, since: Date, after?: string): Promise<PlatformAnswer> {
    const page = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const sinceSeconds = Math.floor(since.getTime() / 1000);
    return this.get(`/${owner.externalId}/media?fields=${LIST_FIELDS}&limit=25&since=${sinceSeconds}${page}`, owner);
  }

  media(caller: Caller, mediaId: string): Promise<PlatformAnswer> {
    return this.get(`/${mediaId}?fields=id,permalink,like_count,comments_count`, caller);
  }

  views(caller: Caller, mediaId: string): Promise<PlatformAnswer> {
    return this.get(`/${mediaId}/insights?metric=views`, caller);
  }

  me(caller: Caller): Promise<PlatformAnswer> {
    return this.get('/me?fields=user_id,username,account_type', caller);
  }

  /** Documented with the token as a parameter and without a version in the path. */
  refresh(caller: Caller): Promise<PlatformAnswer> {
    const query = new URLSearchParams({
      grant_type: 'ig_refresh_token',
      access_token: caller.credentials['accessToken'] ?? '',
    });
    const url = `${this.config.graphUrl}/refresh_access_token?${query.toString()}`;
    return this.http.send({ method: 'GET', url, signal: caller.signal });
  }

  private get(path: string, caller: Caller): Promise<PlatformAnswer> {
    return this.http.send({ method: 'GET', url: this.url(path), headers: bearer(caller), signal: caller.signal });
  }

  private post(
    path: string,
    caller: Caller,
    call: { readonly fields: Readonly<Record<string, string>>; readonly irreversible?: boolean },
  ): Promise<PlatformAnswer> {
    const headers = { ...bearer(caller), 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(call.fields).toString();
    const irreversible = call.irreversible ?? false;
    return this.http.send({ method: 'POST', url: this.url(path), headers, body, signal: caller.signal, irreversible });
  }

  private url(path: string): string {
    return `${this.config.graphUrl}/${this.config.version}${path}`;
  }
}

const bearer = ({ credentials }: Caller): Record<string, string> =>
  credentials['accessToken'] ? { authorization: `Bearer ${credentials['accessToken']}` } : {};
