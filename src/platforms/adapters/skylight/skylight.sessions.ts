import type { Clock } from '../../../kernel/clock.port.js';
import type { ConnectOutcome, Rejected, Unauthorised, Unavailable } from '../../domain/publish-outcome.js';
import { onRead } from '../../domain/refusal.js';
import type { Caller, SkylightClient, XrpcRead } from './skylight.client.js';
import { oauthIn } from './skylight.credentials.js';
import type { SkylightIdentities } from './skylight.identity.js';
import { addressRefused, ownerMust, refusalIn } from './skylight.outcomes.js';

/** A session as a server describes it. */
interface Session {
  readonly did: string;
  readonly handle: string;
}

interface AppSession extends Session {
  readonly accessJwt: string;
  readonly refreshJwt: string;
}

type Failure = Rejected | Unauthorised | Unavailable;

/** Hosts of Bluesky's own PDSs: their accounts sign in at the entryway (`platforms.md` 4.2). */
const ENTRYWAY_HOSTS = '.host.bsky.network';

/** Sessions from app passwords. Sign-in is scarce (`platforms.md` 4.3): once at connecting, then only refreshes. */
export class SkylightSessions {
  constructor(
    private readonly client: SkylightClient,
    private readonly identities: SkylightIdentities,
    private readonly clock: Clock,
  ) {}

  /** From identifier and app password to a session; a session is only proved. */
  async connect(caller: Caller): Promise<ConnectOutcome> {
    const { identifier, password, accessJwt, refreshJwt, service } = caller.credentials;
    if (service !== undefined && !URL.canParse(service))
      return ownerMust('url.refused', 'The address of the server is no URL. Give one such as https://pds.example.');
    if (oauthIn(caller.credentials)) return this.proveOAuth(caller);
    if (accessJwt !== undefined && refreshJwt !== undefined) return this.prove(caller, { accessJwt, refreshJwt });
    if (!identifier || !password) return ownerMust('AuthMissing', 'identifier and app password are needed');
    return this.signIn(caller, { identifier, password });
  }

  /** The old refresh token works for two more hours, so a lost answer does no harm. */
  async refresh(caller: Caller): Promise<ConnectOutcome> {
    const headers = { authorization: `Bearer ${caller.credentials['refreshJwt'] ?? ''}` };
    const read = await this.client.call(caller, (agent) =>
      agent.com.atproto.server.refreshSession(undefined, { headers }),
    );
    if (read.kind === 'ok') return connected(read.value, this.client.serviceOf(caller.credentials));
    const failure = this.failure(read);
    // A refresh token that has expired cannot be refreshed: only the user can help.
    return failure.kind === 'unauthorised' ? { ...failure, reconnect: true } : failure;
  }

  /** The reason why this account's token is not accepted; none when it is, or when that cannot be read. */
  async doubtOf(caller: Caller): Promise<Unauthorised | undefined> {
    const session = await this.whoIs(caller);
    const failure = session.kind === 'failed' ? this.failure(session) : undefined;
    return failure?.kind === 'unauthorised' ? failure : undefined;
  }

  /** Whose session this is, by the server itself. */
  whoIs(caller: Caller): Promise<XrpcRead<Session>> {
    return this.client.call(caller, (agent) => agent.com.atproto.server.getSession(), { signed: true });
  }

  private async signIn(caller: Caller, login: { identifier: string; password: string }): Promise<ConnectOutcome> {
    const at = await this.signInAddress(caller, login.identifier);
    if (typeof at !== 'string') return at;
    const there = { ...caller, credentials: { service: at } };
    const read = await this.client.call(there, (agent) => agent.com.atproto.server.createSession(login));
    return read.kind === 'ok' ? this.atHome({ ...there, signal: caller.signal }, read.value) : this.failure(read);
  }

  private async prove(caller: Caller, tokens: Pick<AppSession, 'accessJwt' | 'refreshJwt'>): Promise<ConnectOutcome> {
    const read = await this.whoIs(caller);
    return read.kind === 'ok' ? this.atHome(caller, { ...read.value, ...tokens }) : this.failure(read);
  }

  private async proveOAuth(caller: Caller): Promise<ConnectOutcome> {
    const read = await this.whoIs(caller);
    if (read.kind === 'failed') return this.failure(read);
    const home = await this.identities.describe(read.value.did, caller.signal);
    if (home.kind !== 'found') return home;
    if (new URL(this.client.serviceOf(caller.credentials)).origin !== home.pds) return NOT_ITS_HOME;
    const { did, handle } = home;
    return { kind: 'connected', externalId: did, displayName: handle, credentials: caller.credentials, scopes: [] };
  }

  /** A server named by the user, else the account's own; e-mail addresses are known to the entryway only. */
  private async signInAddress({ credentials, signal }: Caller, identifier: string): Promise<string | Failure> {
    if (credentials['service'] !== undefined) return credentials['service'];
    if (/^[^@]+@/.test(identifier)) return this.client.serviceOf({});
    const found = await this.identities.resolve(identifier, signal);
    if (found.kind !== 'found') return found;
    return new URL(found.pds).hostname.endsWith(ENTRYWAY_HOSTS) ? this.client.serviceOf({}) : found.pds;
  }

  /** Any server can claim to be anybody: the session must be good at the PDS that the account's own document names. */
  private async atHome({ credentials, signal }: Caller, session: AppSession): Promise<ConnectOutcome> {
    const home = await this.identities.describe(session.did, signal);
    if (home.kind !== 'found') return home;
    if (new URL(this.client.serviceOf(credentials)).origin !== home.pds) {
      const { accessJwt } = session;
      const proof = await this.whoIs({ credentials: { service: home.pds, accessJwt }, signal });
      if (proof.kind === 'failed') return this.notHome(proof);
      if (proof.value.did !== session.did) return NOT_ITS_HOME;
    }
    return connected(session, home.pds);
  }

  private notHome(read: Extract<XrpcRead<unknown>, { kind: 'failed' }>): ConnectOutcome {
    const failure = this.failure(read);
    return failure.kind === 'unauthorised' ? NOT_ITS_HOME : failure;
  }

  private failure({ answer }: Extract<XrpcRead<unknown>, { kind: 'failed' }>): Failure {
    const refusal = addressRefused(answer) ?? refusalIn(answer, this.clock.now());
    return refusal.kind === 'rejected' ? refusal : onRead(refusal);
  }
}

const NOT_ITS_HOME = ownerMust(
  'NotItsHome',
  "This server is not the one that the account's identity names. Leave the server out, or give the account's own.",
);

/** The password is not kept. */
const connected = ({ did, handle, accessJwt, refreshJwt }: AppSession, service: string): ConnectOutcome => {
  const tokenExpiresAt = expiryOf(accessJwt);
  return {
    kind: 'connected',
    externalId: did,
    displayName: handle,
    credentials: { service, did, handle, accessJwt, refreshJwt },
    scopes: [],
    ...(tokenExpiresAt === undefined ? {} : { tokenExpiresAt }),
  };
};

const expiryOf = (jwt: string): Date | undefined => {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof claims.exp === 'number' ? new Date(claims.exp * 1000) : undefined;
  } catch {
    return undefined;
  }
};
