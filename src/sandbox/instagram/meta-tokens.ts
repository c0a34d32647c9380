import { createHmac } from 'node:crypto';
import type { Call, Reply } from '../http/call.js';
import { bearer, parameters } from '../http/call.js';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { badToken, graphError, otherHost } from './instagram-errors.js';
import { hasPermission, type Permission } from './instagram-scopes.js';
import type { Flavour, InstagramAccount, InstagramState, MetaToken } from './instagram-state.js';

/** Tokens of both logins: who holds them, and whether a call may be made with one. */
export class MetaTokens {
  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
  ) {}

  /** @param seconds left out: no end */
  issue(token: Omit<MetaToken, 'value' | 'issuedMs' | 'expiresMs'>, seconds = Infinity): MetaToken {
    const issuedMs = this.world.clock.nowMs();
    const prefix = token.flavour === 'instagram' ? 'IG' : 'EAA';
    const value = `${prefix}${this.world.ids.word(80)}`;
    const issued: MetaToken = { ...token, value, issuedMs, expiresMs: issuedMs + seconds * 1000 };
    this.state.tokens.set(value, issued);
    return issued;
  }

  /** Whose call this is; for a token of several Pages the path tells. */
  owner(call: Call): InstagramAccount | undefined {
    const accounts = this.state.tokens.get(sentToken(call))?.accounts ?? [];
    return accounts.length === 1
      ? accounts[0]
      : accounts.find((one) => one === this.state.ownerOf(call.params[0] ?? ''));
  }

  /** Ends the tokens that post for this account; the person's own Facebook token lives on. */
  expire(account: InstagramAccount): void {
    for (const token of this.state.tokens.values())
      if (!token.kind.startsWith('user') && token.accounts.includes(account)) token.expiresMs = 0;
  }

  isAlive(token: MetaToken): boolean {
    return token.expiresMs > this.world.clock.nowMs();
  }

  /** The live token of this login with this permission, or the refusal. */
  authorise(call: Call, flavour: Flavour, permission: Permission = 'basic'): MetaToken | Reply {
    const token = this.state.tokens.get(sentToken(call));
    if (!token) return badToken(467);
    if (token.flavour !== flavour) return otherHost();
    if (!this.isAlive(token)) return badToken(463);
    return this.refuseProof(call, token) ?? (hasPermission(flavour, token.scopes, permission) ? token : noPermission());
  }

  /** A proof that is sent must be right; the app may demand one (Facebook host only). */
  private refuseProof(call: Call, token: MetaToken): Reply | undefined {
    if (token.flavour !== 'facebook') return undefined;
    const proof = parameters(call)['appsecret_proof'];
    if (proof === undefined && !this.world.settings.facebookNeedsProof) return undefined;
    const expected = createHmac('sha256', SANDBOX_APP.clientSecret).update(token.value).digest('hex');
    if (proof === expected) return undefined;
    const message = proof === undefined ? 'API calls from the server require an' : 'Invalid';
    return graphError({ code: 100, message: `${message} appsecret_proof argument` });
  }
}

/** As parameter, or with `Bearer`; the upload host wants the word `OAuth`. */
export const sentToken = (call: Call): string =>
  bearer(call) ?? bearer(call, 'OAuth') ?? parameters(call)['access_token'] ?? '';

export const isRefusal = (found: MetaToken | Reply): found is Reply => 'status' in found;

const noPermission = (): Reply =>
  graphError({ status: 403, code: 10, message: 'Application does not have permission for this action' });
