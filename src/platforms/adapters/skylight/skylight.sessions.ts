import type { Clock } from '../../../kernel/clock.port.js';
import type { ConnectOutcome, Credentials, Unauthorised } from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import type { Caller, SkylightClient, XrpcRead } from './skylight.client.js';
import { refusalIn } from './skylight.outcomes.js';

interface Session {
  readonly did: string;
  readonly handle: string;
  readonly accessJwt: string;
  readonly refreshJwt: string;
  readonly didDoc?: unknown;
}

/** Sessions of AT Protocol accounts. Sign-in is scarce (`platforms.md` 4.3): once at connecting, then only refreshes. */
export class SkylightSessions {
  constructor(
    private readonly client: SkylightClient,
    private readonly clock: Clock,
  ) {}

  /** From identifier and app password to a session; a session is only proved. */
  async connect(caller: Caller): Promise<ConnectOutcome> {
    const { identifier, password, accessJwt, refreshJwt } = caller.credentials;
    if (accessJwt !== undefined && refreshJwt !== undefined) return this.prove(caller, { accessJwt, refreshJwt });
    if (!identifier || !password) {
      const detail = 'identifier and app password are needed';
      return { kind: 'rejected', category: 'account_issue', platformCode: 'AuthMissing', detail };
    }
    return this.opened(
      caller.credentials,
      await this.client.call(caller, (agent) => agent.com.atproto.server.createSession({ identifier, password })),
    );
  }

  /** The old refresh token works for two more hours, so a lost answer does no harm. */
  async refresh(caller: Caller): Promise<ConnectOutcome> {
    const headers = { authorization: `Bearer ${caller.credentials['refreshJwt'] ?? ''}` };
    const read = await this.client.call(caller, (agent) =>
      agent.com.atproto.server.refreshSession(undefined, { headers }),
    );
    const result = this.opened(caller.credentials, read);
    // A refresh token that has expired cannot be refreshed: only the user can help.
    return result.kind === 'unauthorised' ? { ...result, reconnect: true } : result;
  }

  /** The reason why this account's token is not accepted; none when it is, or when that cannot be read. */
  async doubtOf(caller: Caller): Promise<Unauthorised | undefined> {
    const { accessJwt = '', refreshJwt = '' } = caller.credentials;
    const proved = await this.prove(caller, { accessJwt, refreshJwt });
    return proved.kind === 'unauthorised' ? proved : undefined;
  }

  private async prove(caller: Caller, tokens: { accessJwt: string; refreshJwt: string }): Promise<ConnectOutcome> {
    const headers = { authorization: `Bearer ${tokens.accessJwt}` };
    const read = await this.client.call(caller, (agent) => agent.com.atproto.server.getSession(undefined, { headers }));
    return this.opened(
      caller.credentials,
      read.kind === 'ok' ? { kind: 'ok', value: { ...read.value, ...tokens } } : read,
    );
  }

  private opened(given: Credentials, read: XrpcRead<Session>): ConnectOutcome {
    if (read.kind === 'failed') {
      const refusal = refusalIn(read.answer, this.clock.now());
      return refusal.kind === 'rejected' ? refusal : onRead(refusal);
    }
    const { did, handle, accessJwt, refreshJwt, didDoc } = read.value;
    const service = pdsIn(didDoc) ?? this.client.serviceOf(given);
    const tokenExpiresAt = expiryOf(accessJwt);
    return {
      kind: 'connected',
      externalId: did,
      displayName: handle,
      // The password is not kept.
      credentials: { service, did, handle, accessJwt, refreshJwt },
      scopes: [],
      ...(tokenExpiresAt === undefined ? {} : { tokenExpiresAt }),
    };
  }
}

/** The account's PDS by its DID document; addresses without TLS are not believed. */
const pdsIn = (didDoc: unknown): string | undefined => {
  const { service } = (didDoc ?? {}) as { readonly service?: unknown };
  if (!Array.isArray(service)) return undefined;
  const endpoints = service as readonly { readonly id?: unknown; readonly serviceEndpoint?: unknown }[];
  const pds = endpoints.find(({ id }) => typeof id === 'string' && id.endsWith('#atproto_pds'))?.serviceEndpoint;
  return typeof pds === 'string' && pds.startsWith('https://') ? pds : undefined;
};

const expiryOf = (jwt: string): Date | undefined => {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof claims.exp === 'number' ? new Date(claims.exp * 1000) : undefined;
  } catch {
    return undefined;
  }
};
