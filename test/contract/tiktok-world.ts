/** TikTok's wire in the sandbox, spoken without any code of ours in between. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, type Json, postJson, VIDEO } from './sandbox-wire.js';

export interface Creator {
  readonly externalId: string;
  readonly handle: string;
  readonly credentials: Record<string, string>;
}

export const APP = { client_key: 'sandbox-client', client_secret: 'sandbox-secret' } as const;
export const REDIRECT = 'http://127.0.0.1:9/callback';

/** One sandbox without the PDS, and its TikTok. */
export class TikTokWorld {
  private constructor(private readonly sandbox: Sandbox) {}

  static async start(): Promise<TikTokWorld> {
    return new TikTokWorld(await startSandbox({ skylight: false }));
  }

  get url(): string {
    return this.sandbox.urls.tiktok;
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  control(path: string, body: unknown = {}): Promise<Answer> {
    return postJson(`${this.sandbox.urls.control}/__sim/${path}`, body);
  }

  async creator(more: object = {}): Promise<Creator> {
    return (await this.control('accounts', { platform: 'tiktok', ...more })).json as Creator;
  }

  /** What is really live or will be, of one creator. */
  async truth({ externalId }: Creator): Promise<Json[]> {
    const { json } = await call(`${this.sandbox.urls.control}/__sim/posts?platform=tiktok`);
    return (json as Json[]).filter((post) => post.accountExternalId === externalId);
  }

  api({ credentials }: Pick<Creator, 'credentials'>, path: string, body: unknown = {}): Promise<Answer> {
    return postJson(`${this.url}${path}`, body, { authorization: `Bearer ${credentials['accessToken']}` });
  }

  init(creator: Creator, post: object = {}, source: object = {}): Promise<Answer> {
    const size = VIDEO.length;
    return this.api(creator, '/v2/post/publish/video/init/', {
      post_info: { title: 'Soup', privacy_level: 'PUBLIC_TO_EVERYONE', ...post },
      source_info: { source: 'FILE_UPLOAD', video_size: size, chunk_size: size, total_chunk_count: 1, ...source },
    });
  }

  put(url: string, range = `bytes 0-${VIDEO.length - 1}/${VIDEO.length}`): Promise<Answer> {
    return call(url, { method: 'PUT', headers: { 'content-type': 'video/mp4', 'content-range': range }, body: VIDEO });
  }

  /** Init and the whole file; the post is processed when it resolves. @returns its publish_id */
  async post(creator: Creator, post: object = {}): Promise<string> {
    const { json } = await this.init(creator, post);
    await this.put(json.data.upload_url);
    await this.control('clock', { advanceMs: 5_000 });
    await this.control('clock', { advanceMs: 5_000 });
    return json.data.publish_id;
  }

  async status(creator: Creator, publishId: string): Promise<Json> {
    const { json } = await this.api(creator, '/v2/post/publish/status/fetch/', { publish_id: publishId });
    return json.data;
  }

  token(form: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams({ ...APP, ...form });
    return call(`${this.url}/v2/oauth/token/`, { method: 'POST', body });
  }

  refresh(refreshToken: string | undefined): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });
  }

  /** What a person does on the consent page: reads it, ticks, presses a button. @returns where the browser is sent */
  async consent(url: string, choice: { creator: Creator; decision: 'allow' | 'deny'; granted?: readonly string[] }) {
    const page = await call(url);
    if (page.status !== 200) throw new Error(`no consent page: ${page.text}`);
    const form = new URLSearchParams();
    for (const [, name, value] of page.text.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g))
      form.append(name ?? '', (value ?? '').replaceAll('&amp;', '&'));
    const offered = [...page.text.matchAll(/name="granted" value="([^"]*)"/g)].map(([, scope]) => scope ?? '');
    for (const scope of choice.granted ?? offered) form.append('granted', scope);
    form.set('account', choice.creator.externalId);
    form.set('decision', choice.decision);
    const action = /action="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const sent = await call(new URL(action, url).href, { method: 'POST', body: form });
    return new URL(sent.headers.get('location') ?? '');
  }
}

/** A server on this machine that keeps what it was sent. */
export class Listener {
  readonly received: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
  private readonly waiting: (() => void)[] = [];
  private constructor(private readonly server: Server) {}

  /** @param answer status by the number of the request, from 0 */
  static async start(answer: (n: number) => number = () => 200): Promise<Listener> {
    const server = createServer();
    const listener = new Listener(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.statusCode = answer(listener.received.length);
        response.end();
        listener.received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        for (const wake of listener.waiting.splice(0)) wake();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async until(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
