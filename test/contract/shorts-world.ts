import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Clock } from '../../src/kernel/clock.port.js';
import { ShortsAdapter } from '../../src/platforms/adapters/shorts/shorts.adapter.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { ResumeToken } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, type Connected, type Json, postJson } from './sandbox-wire.js';

/** The sandbox's time: real time and what the test added. */
class SandboxTime extends Clock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** Our YouTube adapter and the sandbox it talks to. */
export class ShortsWorld {
  readonly clock = new SandboxTime();
  readonly adapter: ShortsAdapter;
  account!: Connected;
  ctx!: PlatformContext;

  private constructor(
    readonly sandbox: Sandbox,
    private readonly http: PlatformHttp,
  ) {
    const { youtube } = sandbox.urls;
    const config = {
      apiUrl: `${youtube}/youtube/v3`,
      uploadUrl: `${youtube}/upload/youtube/v3`,
      tokenUrl: `${youtube}/token`,
      authorizeUrl: `${youtube}/o/oauth2/v2/auth`,
      revokeUrl: `${youtube}/revoke`,
      clientId: 'sandbox-client',
      clientSecret: 'sandbox-secret',
    };
    this.adapter = new ShortsAdapter(config, http, this.clock);
  }

  static async start(): Promise<ShortsWorld> {
    return new ShortsWorld(await startSandbox({ skylight: false }), new PlatformHttp({ metadataTimeoutMs: 10_000 }));
  }

  async stop(): Promise<void> {
    await this.http.close();
    await this.sandbox.stop();
  }

  /** A fresh channel named mara. */
  async connect(): Promise<void> {
    this.account = (await this.control('accounts', { platform: 'shorts', handle: 'mara' })).json;
    const { credentials, externalId } = this.account;
    this.ctx = { accountId: 'a1', externalId, credentials, signal: new AbortController().signal };
  }

  async reset(): Promise<void> {
    await this.control('reset');
    this.clock.aheadMs = 0;
  }

  control(path: string, body: unknown = {}): Promise<Answer> {
    return postJson(`${this.sandbox.urls.control}/__sim/${path}`, body);
  }

  /** Strikes once. */
  fault(spec: object): Promise<Answer> {
    return this.control('faults', { platform: 'shorts', account: this.account.externalId, times: 1, ...spec });
  }

  async advance(ms: number): Promise<void> {
    await this.control('clock', { advanceMs: ms });
    this.clock.aheadMs += ms;
  }

  async refresh(): Promise<void> {
    const fresh = await this.adapter.refresh(this.ctx);
    if (fresh.kind !== 'connected') throw new Error(JSON.stringify(fresh));
    this.ctx = { ...this.ctx, credentials: fresh.credentials };
  }

  async truth(): Promise<Json[]> {
    return (await call(`${this.sandbox.urls.control}/__sim/posts?platform=shorts`)).json;
  }

  async calls(): Promise<Record<string, number>> {
    return (await call(`${this.sandbox.urls.control}/__sim/calls?platform=shorts`)).json.shorts;
  }

  content(bytes: Buffer = Buffer.alloc(2_000, 1), change: Partial<PublishContent> = {}): PublishContent {
    return {
      caption: 'Soup in 30 s',
      tags: ['soup'],
      media: {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        mimeType: 'video/mp4',
        durationMs: 6_000,
        width: 720,
        height: 1280,
        fps: 24,
        open: (start = 0, end = bytes.length - 1) => Readable.from([bytes.subarray(start, end + 1)]),
      },
      marker: 'marker-1',
      scheduledAt: this.clock.now(),
      staleAt: new Date(this.clock.now().getTime() + 3_600_000),
      options: {},
      ...change,
    };
  }

  /** The first token: a session and no bytes yet. */
  async started(content: PublishContent): Promise<ResumeToken> {
    const outcome = await this.adapter.prepare(this.ctx, content);
    if (outcome.kind !== 'saved') throw new Error(JSON.stringify(outcome));
    return outcome.resume;
  }

  /** Prepares to the last bytes; tokens survive a round trip through JSON. */
  async prepared(content: PublishContent, from?: ResumeToken): Promise<ResumeToken> {
    let resume = from;
    for (;;) {
      const outcome = await this.adapter.prepare(this.ctx, content, resume);
      if (outcome.kind !== 'saved' && outcome.kind !== 'ready') throw new Error(JSON.stringify(outcome));
      resume = JSON.parse(JSON.stringify(outcome.resume)) as ResumeToken;
      if (outcome.kind === 'ready') return resume;
    }
  }
}
