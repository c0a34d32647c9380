import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { AppConfig } from '../../src/infra/config/app-config.js';
import type {
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../src/platforms/domain/oauth.port.js';
import type { PlatformName } from '../../src/platforms/domain/platform-name.js';
import {
  type Platform,
  type PlatformCapabilities,
  PlatformRegistry,
} from '../../src/platforms/domain/platform.port.js';
import type { ConnectedIdentity } from '../../src/platforms/domain/publish-outcome.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';

/** A platform with a consent page: it keeps codes, checks PKCE, the address and what it gave us to keep. */
class ConsentingPlatform implements PlatformOAuth {
  readonly requiredScopes = ['publish'];
  readonly begun: OAuthRequest[] = [];
  exchanges = 0;
  refusal: Exclude<ExchangeOutcome, { kind: 'connected' }> | undefined;
  isBroken = false;
  private readonly codes = new Map<
    string,
    { identities: ConnectedIdentity[]; challenge: string; redirectUri: string }
  >();

  authorize(request: OAuthRequest) {
    this.begun.push(request);
    const { state, redirectUri, options, codeVerifier } = request;
    if (options['flavour'] === 'none')
      return Promise.resolve({ kind: 'rejected', category: 'user_content', detail: 'No such flavour.' } as const);
    const url = new URL('https://consent.example/authorize');
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    url.search = new URLSearchParams({ state, redirect_uri: redirectUri, code_challenge: challenge }).toString();
    return Promise.resolve({ kind: 'redirect', url: url.href, kept: { proof: `kept-${state}` } } as const);
  }

  /** The person presses "Allow". @returns the query the browser comes back with */
  allow(consentUrl: string, names: readonly string[]): string {
    const asked = new URL(consentUrl).searchParams;
    const code = `code-${this.codes.size}`;
    const identities = names.map((name) => ({
      externalId: name,
      displayName: `<b>${name}</b>`,
      credentials: { token: `token-of-${name}-${code}` },
      scopes: ['publish'],
      notices: ['Posts are private until the app is audited.'],
    }));
    const [challenge, redirectUri] = [asked.get('code_challenge') ?? '', asked.get('redirect_uri') ?? ''];
    this.codes.set(code, { identities, challenge, redirectUri });
    return `?${new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()}`;
  }

  exchange({ query, codeVerifier, redirectUri, kept, state }: OAuthCallback): Promise<ExchangeOutcome> {
    this.exchanges += 1;
    if (this.isBroken) return Promise.reject(new Error('bug'));
    if (this.refusal) return Promise.resolve(this.refusal);
    const grant = this.codes.get(query['code'] ?? '');
    this.codes.delete(query['code'] ?? '');
    const isOurs =
      createHash('sha256').update(codeVerifier).digest('base64url') === grant?.challenge &&
      redirectUri === grant.redirectUri &&
      kept['proof'] === `kept-${state}`;
    return Promise.resolve(
      grant && isOurs
        ? { kind: 'connected', identities: grant.identities }
        : { kind: 'rejected', category: 'account_issue', detail: 'The code is not valid.' },
    );
  }
}

class OnePlatform extends PlatformRegistry {
  constructor(private readonly oauth: PlatformOAuth) {
    super();
  }
  get(name: PlatformName): Platform {
    const capabilities = () => ({ displayName: 'Some' }) as PlatformCapabilities;
    return { capabilities, ...(name === 'discord' ? {} : { oauth: this.oauth }) } as unknown as Platform;
  }
  all() {
    return [];
  }
}

/** For the suite that calls it: accounts may be connected by the consent page of one platform, in two workspaces. */
export const onConsentPages = () => {
  const platform = new ConsentingPlatform();
  const keys = { mine: '', other: '' };
  let db: TestDatabase;
  let partial: PartialApp;
  let counter = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule],
      replace: new Map([[PlatformRegistry, new OnePlatform(platform)]]),
    });
    const key = (await partial.app.get(BootstrapWorkspace).execute()).apiKey ?? '';
    const other = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    const opened = await partial.send({ method: 'POST', path: '/v1/workspaces', key, body: other });
    Object.assign(keys, { mine: key, other: opened.body.apiKey });
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(() => {
    platform.refusal = undefined;
    platform.isBroken = false;
  });

  const newName = () => `user-${(counter += 1)}`;
  const begin = (body: unknown = {}, headers: Record<string, string> = {}, as = keys.mine, name = 'tiktok') =>
    partial.send({ method: 'POST', path: `/v1/accounts/connect/${name}`, key: as, body, headers });
  const back = (query: string, headers: Record<string, string> = {}, name = 'tiktok') =>
    partial.send({
      path: `/v1/accounts/connect/${name}/callback${query}`,
      headers: { accept: 'application/json', ...headers },
    });
  const connect = async (names: readonly string[], body: unknown = {}) =>
    back(platform.allow((await begin(body)).body.url, names));
  const accountsOf = async (as = keys.mine) =>
    (await partial.send({ path: '/v1/accounts?limit=100', key: as })).body.items;
  /** Of the pages of our own. */
  const origin = () => partial.app.get(AppConfig).publicUrl;
  const database = () => db.database;
  const server = () => partial.app;
  return { platform, keys, newName, begin, back, connect, accountsOf, origin, database, server };
};
