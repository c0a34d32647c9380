import type { Readable } from 'node:stream';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import type { ReelsConfig } from './reels.config.js';
import { type Caller, type Owner, ReelsGraph } from './reels.graph.js';

const LIST_FIELDS = 'id,caption,media_type,media_product_type,permalink,shortcode,timestamp,like_count,comments_count';

/** The publishing calls on the wire (`platforms.md` 2.2 to 2.4); the same for both logins. */
export class ReelsClient {
  private readonly graph: ReelsGraph;

  constructor(
    private readonly config: ReelsConfig,
    private readonly http: PlatformHttp,
  ) {
    this.graph = new ReelsGraph(config, http);
  }

  createContainer(owner: Owner, fields: Readonly<Record<string, string>>): Promise<PlatformAnswer> {
    return this.graph.post(`/${owner.externalId}/media`, owner, { fields });
  }

  /**
   * Where the bytes of a container go: the address of the create answer when it is Meta's, else the documented one,
   * since the token goes there too.
   */
  uploadUri(containerId: string, given: string | undefined): string {
    const isMetas = given !== undefined && URL.canParse(given) && this.isMetas(new URL(given));
    return isMetas ? given : `${this.config.ruploadUrl}/ig-api-upload/${this.config.version}/${containerId}`;
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
      guarded: true,
    });
  }

  containerStatus(caller: Caller, containerId: string): Promise<PlatformAnswer> {
    return this.graph.get(`/${containerId}?fields=status_code,status`, caller);
  }

  publish(owner: Owner, containerId: string): Promise<PlatformAnswer> {
    const fields = { creation_id: containerId };
    return this.graph.post(`/${owner.externalId}/media_publish`, owner, { fields, irreversible: true });
  }

  publishingLimit(owner: Owner): Promise<PlatformAnswer> {
    return this.graph.get(`/${owner.externalId}/content_publishing_limit?fields=config,quota_usage`, owner);
  }

  list(owner: Owner, since: Date, after?: string): Promise<PlatformAnswer> {
    const page = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const sinceSeconds = Math.floor(since.getTime() / 1000);
    const query = `fields=${LIST_FIELDS}&limit=25&since=${sinceSeconds}${page}`;
    return this.graph.get(`/${owner.externalId}/media?${query}`, owner);
  }

  media(caller: Caller, mediaId: string): Promise<PlatformAnswer> {
    return this.graph.get(`/${mediaId}?fields=id,permalink,like_count,comments_count`, caller);
  }

  insights(caller: Caller, mediaId: string): Promise<PlatformAnswer> {
    return this.graph.get(`/${mediaId}/insights?metric=views,shares`, caller);
  }

  /** Facebook Login only. */
  remove(caller: Caller, mediaId: string): Promise<PlatformAnswer> {
    return this.graph.remove(`/${mediaId}`, caller);
  }

  private isMetas(url: URL): boolean {
    const { ruploadUrl, graphUrl, fbGraphUrl } = this.config;
    const isOurs = [ruploadUrl, graphUrl, fbGraphUrl].some((known) => new URL(known).host === url.host);
    return isOurs || (url.protocol === 'https:' && /\.(facebook|instagram)\.com$/.test(url.host));
  }
}
