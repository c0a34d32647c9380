import { randomBytes, randomUUID } from 'node:crypto';
import { SkylightAdapter } from '../../src/platforms/adapters/skylight/skylight.adapter.js';
import type { SkylightConfig } from '../../src/platforms/adapters/skylight/skylight.config.js';
import type { OAuthCallback, OAuthRequest } from '../../src/platforms/domain/oauth.port.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { ConnectedIdentity, PrepareOutcome } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { consentAtPds } from '../support/atproto-consent.js';
import { contentOf, mediaOf, SystemClock } from './adapter-content.js';
import { type SandboxAccount, SandboxProcess } from './sandbox-process.js';

/** An account and what its owner types on the consent page. */
export type Login = SandboxAccount & { readonly login: { readonly username: string; readonly password: string } };

/** Token requests name no account. */
export const ANYBODY = {} as SandboxAccount;

/** Enough for a PDS to see a video. */
const CLIP_START = Buffer.from('000000186674797069736f6d0000020069736f6d6d703432', 'hex');

/** A video nobody has uploaded before. */
export const freshContent = (): PublishContent =>
  contentOf({ media: mediaOf(Buffer.concat([CLIP_START, randomBytes(2_000)])) });

export const { signal } = new AbortController();

export const requestOf = (options: Record<string, string>): OAuthRequest => ({
  redirectUri: 'http://localhost:3000/v1/accounts/connect/skylight/callback',
  state: randomUUID(),
  codeVerifier: randomBytes(32).toString('base64url'),
  options,
  signal,
});

export const contextOf = (externalId: string, credentials: PlatformContext['credentials']): PlatformContext => ({
  accountId: 'a1',
  externalId,
  credentials,
  signal,
});

/** The adapter before a sandbox of its own, with the ways into it. */
export class SkylightStage {
  private constructor(
    readonly sandbox: SandboxProcess,
    private readonly http: PlatformHttp,
  ) {}

  static async open(): Promise<SkylightStage> {
    const http = new PlatformHttp({ metadataTimeoutMs: 10_000 }, { allow: ['127.0.0.1/32', 'localhost'] });
    return new SkylightStage(await SandboxProcess.start(), http);
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.sandbox.stop();
  }

  get config(): SkylightConfig {
    return this.sandbox.config.skylight;
  }

  adapter(change: Partial<SkylightConfig> = {}, http = this.http): SkylightAdapter {
    return new SkylightAdapter({ ...this.config, ...change }, http, new SystemClock());
  }

  async account(): Promise<Login> {
    return (await this.sandbox.account('skylight')) as Login;
  }

  /** From the handle to the callback, as a browser goes. */
  async consent(adapter: SkylightAdapter, { handle, login }: Login): Promise<OAuthCallback> {
    const request = requestOf({ handle });
    const sent = await adapter.oauth.authorize(request);
    if (sent.kind !== 'redirect') throw new Error(JSON.stringify(sent));
    const query = await consentAtPds({ url: sent.url, ...login });
    return { ...request, query, kept: sent.kept };
  }

  async byConsent(adapter: SkylightAdapter, who: Login): Promise<ConnectedIdentity> {
    const outcome = await adapter.oauth.exchange(await this.consent(adapter, who));
    if (outcome.kind !== 'connected') throw new Error(JSON.stringify(outcome));
    return outcome.identities[0]!;
  }

  async byPassword(adapter: SkylightAdapter, who: SandboxAccount): Promise<PlatformContext> {
    const outcome = await adapter.connect(who.credentials, signal);
    if (outcome.kind !== 'connected') throw new Error(JSON.stringify(outcome));
    return contextOf(outcome.externalId, outcome.credentials);
  }

  /** Prepares until something else than waiting comes. */
  async prepared(adapter: SkylightAdapter, ctx: PlatformContext, content: PublishContent): Promise<PrepareOutcome> {
    let outcome = await adapter.prepare(ctx, content);
    for (let asked = 0; outcome.kind === 'wait' && asked < 60; asked += 1) {
      await this.sandbox.advance(outcome.afterMs);
      outcome = await adapter.prepare(ctx, content, outcome.resume);
    }
    return outcome;
  }

  /** @returns the post's URI */
  async published(adapter: SkylightAdapter, ctx: PlatformContext, content: PublishContent): Promise<string> {
    const ready = await this.prepared(adapter, ctx, content);
    if (ready.kind !== 'ready') throw new Error(JSON.stringify(ready));
    const outcome = await adapter.commit(ctx, content, ready.resume);
    if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
    return outcome.platformPostId!;
  }
}
