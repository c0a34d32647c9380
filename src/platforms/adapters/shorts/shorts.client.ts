import type { Readable } from 'node:stream';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PlatformAnswer, PlatformHttp, PlatformRequest } from '../../infrastructure/platform-http.js';
import type { ShortsConfig } from './shorts.config.js';

type Caller = Pick<PlatformContext, 'credentials' | 'signal'>;

export interface Chunk {
  readonly uri: string;
  readonly mimeType: string;
  readonly first: number;
  readonly last: number;
  readonly total: number;
  readonly body: Readable;
}

/** YouTube's calls on the wire (`platforms.md` section 3). */
export class ShortsClient {
  constructor(
    private readonly config: ShortsConfig,
    private readonly http: PlatformHttp,
  ) {}

  startSession(
    caller: Caller,
    body: object,
    media: { bytes: number; mimeType: string; notify: boolean },
  ): Promise<PlatformAnswer> {
    const query = `uploadType=resumable&part=snippet,status&notifySubscribers=${media.notify}`;
    return this.http.send({
      method: 'POST',
      url: `${this.config.uploadUrl}/videos?${query}`,
      headers: {
        ...bearer(caller),
        'content-type': 'application/json; charset=UTF-8',
        'x-upload-content-length': String(media.bytes),
        'x-upload-content-type': media.mimeType,
      },
      body: JSON.stringify(body),
      signal: caller.signal,
    });
  }

  put(caller: Caller, chunk: Chunk, irreversible: boolean): Promise<PlatformAnswer> {
    const headers = {
      ...this.tokenFor(caller, chunk.uri),
      'content-type': chunk.mimeType,
      'content-length': String(chunk.last - chunk.first + 1),
      'content-range': `bytes ${chunk.first}-${chunk.last}/${chunk.total}`,
    };
    const { signal } = caller;
    return this.http.send({
      method: 'PUT',
      url: chunk.uri,
      headers,
      body: chunk.body,
      signal,
      kind: 'upload',
      irreversible,
      guarded: !this.isOwnHost(chunk.uri),
    });
  }

  /** Asks a session how far it is; sends no bytes, so it can commit nothing. */
  probeSession(caller: Caller, uri: string, total: number): Promise<PlatformAnswer> {
    const headers = { ...this.tokenFor(caller, uri), 'content-length': '0', 'content-range': `bytes */${total}` };
    return this.http.send({ method: 'PUT', url: uri, headers, signal: caller.signal, guarded: !this.isOwnHost(uri) });
  }

  /** Whether a session URI is one we may follow: the upload host's own, or https to somewhere public. */
  isUsable(uri: string): boolean {
    if (!URL.canParse(uri)) return false;
    const { protocol, username, password } = new URL(uri);
    return this.isOwnHost(uri) || (protocol === 'https:' && username === '' && password === '');
  }

  videos(caller: Caller, ids: readonly string[], part: string): Promise<PlatformAnswer> {
    return this.call('GET', `/videos?part=${part}&id=${ids.map(encodeURIComponent).join(',')}`, caller);
  }

  channels(caller: Caller): Promise<PlatformAnswer> {
    return this.call('GET', '/channels?part=contentDetails,snippet&mine=true', caller);
  }

  playlistItems(caller: Caller, playlistId: string, pageToken?: string): Promise<PlatformAnswer> {
    const page = pageToken === undefined ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
    const query = `part=snippet,contentDetails,status&playlistId=${encodeURIComponent(playlistId)}&maxResults=50${page}`;
    return this.call('GET', `/playlistItems?${query}`, caller);
  }

  remove(caller: Caller, id: string): Promise<PlatformAnswer> {
    return this.call('DELETE', `/videos?id=${encodeURIComponent(id)}`, caller);
  }

  refresh(refreshToken: string, signal: AbortSignal): Promise<PlatformAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
  }

  /** Spends an authorization code. */
  exchange(
    { code, redirectUri, codeVerifier }: { code: string; redirectUri: string; codeVerifier: string },
    signal: AbortSignal,
  ): Promise<PlatformAnswer> {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
    return this.token(grant, signal);
  }

  private token(grant: Readonly<Record<string, string>>, signal: AbortSignal): Promise<PlatformAnswer> {
    const { clientId, clientSecret } = this.config;
    const form = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.http.send({ method: 'POST', url: this.config.tokenUrl, headers, body: form.toString(), signal });
  }

  /** The upload host is the operator's choice; any other in a `Location` is somebody else's word. */
  private isOwnHost(uri: string): boolean {
    return new URL(uri).origin === new URL(this.config.uploadUrl).origin;
  }

  /** A session URI is a capability by itself, so a foreign host gets no token. */
  private tokenFor(caller: Caller, uri: string): Record<string, string> {
    return this.isOwnHost(uri) ? bearer(caller) : {};
  }

  private call(method: PlatformRequest['method'], path: string, caller: Caller): Promise<PlatformAnswer> {
    return this.http.send({
      method,
      url: `${this.config.apiUrl}${path}`,
      headers: bearer(caller),
      signal: caller.signal,
    });
  }
}

const bearer = ({ credentials }: Caller): Record<string, string> =>
  credentials['accessToken'] ? { authorization: `Bearer ${credentials['accessToken']}` } : {};
