import type { Call } from '../http/call.js';
import { bearer, jsonBody } from '../http/call.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { PdsClient } from './pds-client.js';

/** A label of a handle has 3 to 18 letters, digits or hyphens on this PDS. */
const MAX_LABEL = 18;

const subjectOf = (token: string): string | undefined => {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sub?: string };
    return claims.sub;
  } catch {
    return undefined;
  }
};

/** Of either kind of session. */
const tokenOf = (call: Call): string | undefined => bearer(call) ?? bearer(call, 'DPoP');

/** Accounts on the real PDS, and the access tokens that a fault has declared dead. */
export class SkylightAccounts {
  readonly #accounts = new Map<string, SandboxAccount>();
  readonly #seenTokens = new Map<string, Set<string>>();
  readonly #deadTokens = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly pds: PdsClient,
  ) {}

  list(): readonly SandboxAccount[] {
    return [...this.#accounts.values()];
  }

  async create(spec: AccountSpec): Promise<CreatedAccount> {
    const handle = `${this.label(spec.handle)}.test`;
    const password = this.world.ids.word(20);
    const email = `${handle}@example.com`;
    const made = await this.pds.call<{ did: string; accessJwt: string }>('com.atproto.server.createAccount', {
      handle,
      email,
      password,
    });
    const app = await this.pds.call<{ password: string }>(
      'com.atproto.server.createAppPassword',
      { name: 'scheduler' },
      made.accessJwt,
    );
    const region = spec.region === undefined ? {} : { region: spec.region };
    this.#accounts.set(made.did, { platform: 'skylight', externalId: made.did, handle, ...region });
    const credentials = { identifier: handle, password: app.password };
    // The consent page refuses app passwords.
    return { externalId: made.did, handle, ...region, credentials, login: { username: handle, password } };
  }

  /** By token, else by the repository or identifier that the call names. */
  identify(call: Call): SandboxAccount | undefined {
    const token = tokenOf(call);
    const did = token === undefined ? undefined : subjectOf(token);
    if (token !== undefined && did !== undefined) {
      const seen = this.#seenTokens.get(did) ?? new Set();
      this.#seenTokens.set(did, seen.add(token));
    }
    const body = jsonBody(call);
    const named = did ?? body?.['repo'] ?? body?.['identifier'] ?? call.url.searchParams.get('repo');
    return this.list().find(({ externalId, handle }) => externalId === named || handle === named);
  }

  expire(account: SandboxAccount): void {
    for (const token of this.#seenTokens.get(account.externalId) ?? []) this.#deadTokens.add(token);
  }

  isDead(call: Call): boolean {
    return this.#deadTokens.has(tokenOf(call) ?? '');
  }

  /** Forgets the accounts; the PDS keeps them under names that no one asks for again. */
  reset(): void {
    this.#accounts.clear();
    this.#seenTokens.clear();
    this.#deadTokens.clear();
  }

  private label(wanted: string | undefined): string {
    const word = this.world.ids.word(6).toLowerCase();
    const clean = (wanted ?? 'creator')
      .replace(/\.test$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    const isFree = wanted !== undefined && clean.length >= 3 && clean.length <= MAX_LABEL;
    const name = clean.replace(/^-+|-+$/g, '');
    if (isFree && !this.list().some(({ handle }) => handle === `${name}.test`)) return name;
    return `${name.slice(0, MAX_LABEL - word.length - 1)}-${word}`.replace(/^-/, 'a-');
  }
}
