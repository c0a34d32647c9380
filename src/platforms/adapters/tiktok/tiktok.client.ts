import type { Readable } from 'node:stream';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { TikTokConfig } from './tiktok.config.js';

type Caller = Pick<PlatformContext, 'credentials' | 'signal'>;

/** One byte range of an upload. */
export interface Chunk {
  readonly url: string;
  readonly mimeType: string;
  readonly first: number;
  readonly last: number;
  readonly total: number;
  readonly body: Readable;
}

const VIDEO_FIELDS = 'id,create_time,title,video_description,duration,share_url,view_count,like_count,comment_count';

/** TikTok's calls on the wire (`platforms.md` section 1); every path ends with a slash. */
export class TikTokClient {
  constructor(
    private readonly config: TikTokConfig,
    private readonly http: PlatformHttp,
  ) {}

  creatorInfo(caller: Caller): Promise<PlatformAnswer> {
    return this.post('/v2/post/publish/creator_info/query/', caller);
  }

  init(caller: Caller, body: object, irreversible = false): Promise<PlatformAnswer> {
    return this.post('/v2/post/publish/video/init/', caller, body, irreversible);
  }

  status(caller: Caller, publishId: string): Promise<PlatformAnswer> {
    return this.post('/v2/post/publish/status/fetch/', caller, { publish_id: publishId });
  }

  /** @param cursor epoch milliseconds: videos created before it */
  list(caller: Caller, cursor?: number): Promise<PlatformAnswer> {
    const body = { max_count: 20, ...(cursor === undefined ? {} : { cursor }) };
    return this.post(`/v2/video/list/?fields=${VIDEO_FIELDS}`, caller, body);
  }

  query(caller: Caller, videoIds: readonly string[]): Promise<PlatformAnswer> {
    return this.post(`/v2/video/query/?fields=${VIDEO_FIELDS}`, caller, { filters: { video_ids: videoIds } });
  }

  user(caller: Caller): Promise<PlatformAnswer> {
    const url = `${this.config.apiUrl}/v2/user/info/?fields=open_id,union_id,avatar_url,display_name`;
    return this.http.send({ method: 'GET', url, headers: bearer(caller), signal: caller.signal });
  }

  refresh(refreshToken: string, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
  }

  /** @param redirectUri the very one of the consent */
  exchange(code: string, redirectUri: string, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, signal);
  }

  private token(grant: Readonly<Record<string, string>>, signal: AbortSignal): Promise<PlatformAnswer> {
    const { clientKey, clientSecret } = this.config;
    const form = new URLSearchParams({ client_key: clientKey, client_secret: clientSecret, ...grant });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const url = `${this.config.apiUrl}/v2/oauth/token/`;
    return this.http.send({ method: 'POST', url, headers, body: form.toString(), signal });
  }

  /** No Authorization header: the URL itself is the permission. */
  put(chunk: Chunk, signal: AbortSignal, irreversible: boolean): Promise<PlatformAnswer> {
    const headers = {
      'content-type': chunk.mimeType,
      'content-length': String(chunk.last - chunk.first + 1),
      'content-range': `bytes ${chunk.first}-${chunk.last}/${chunk.total}`,
    };
    return this.http.send({
      method: 'PUT',
      url: chunk.url,
      headers,
      body: chunk.body,
      signal,
      kind: 'upload',
      irreversible,
      // The address is TikTok's to choose: used as it is, but never towards our own network.
      guarded: true,
    });
  }

  private post(path: string, caller: Caller, body?: object, irreversible = false): Promise<PlatformAnswer> {
    return this.http.send({
      method: 'POST',
      url: `${this.config.apiUrl}${path}`,
      headers: { ...bearer(caller), 'content-type': 'application/json; charset=UTF-8' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: caller.signal,
      irreversible,
    });
  }
}

const bearer = ({ credentials }: Caller): Record<string, string> =>
  credentials['accessToken'] ? { authorization: `Bearer ${credentials['accessToken']}` } : {};
