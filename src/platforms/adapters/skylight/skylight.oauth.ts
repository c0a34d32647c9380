import type { NodeSavedSession, NodeSavedState } from '@atproto/oauth-client-node';
import { createHash } from 'node:crypto';
import type {
  AuthorizeOutcome,
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../domain/oauth.port.js';
import type { ConnectOutcome, Credentials } from '../../domain/publish-outcome.js';
import { oauthRefusal, refreshRefusal } from './skylight.oauth-errors.js';
import { openOAuthClient, type OAuthParts, type OpenOAuthClient } from './skylight.oauth-client.js';
import { oauthLibrary } from './skylight.oauth-library.js';
import { registeredRedirect, SKYLIGHT_SCOPES } from './skylight.client-metadata.js';
import type { Caller } from './skylight.client.js';
import type { OAuthCredentials } from './skylight.credentials.js';
import { ownerMust } from './skylight.outcomes.js';
import type { SkylightSessions } from './skylight.sessions.js';

/** The one signing algorithm that every server and client of the protocol must know (atproto.com/specs/oauth). */
const DPOP_ALGORITHM = 'ES256';

/** Consent at the account's own authorization server: PAR, PKCE, DPoP; `iss` and `sub` are checked by the library. */
export class SkylightOAuth implements PlatformOAuth {
  readonly requiredScopes = SKYLIGHT_SCOPES;

  constructor(
    private readonly parts: OAuthParts,
    private readonly sessions: SkylightSessions,
  ) {}

  /** `options.handle`: handle or DID; without it the configured service asks for the account. */
  async authorize(request: OAuthRequest): Promise<AuthorizeOutcome> {
    const redirectUri = registeredRedirect(this.parts.config, request.redirectUri);
    const opened = await openOAuthClient(this.parts, { redirectUri, signal: request.signal });
    if (!opened) return NO_CLIENT;
    const who = request.options['handle']?.trim() ?? '';
    const identity = who === '' ? undefined : await this.parts.identities.resolve(who, request.signal);
    if (identity && identity.kind !== 'found') return identity;
    try {
      return await this.push(opened, { ...request, redirectUri }, identity);
    } catch (error) {
      return await oauthRefusal(error);
    }
  }

  async exchange(callback: OAuthCallback): Promise<ExchangeOutcome> {
    const { signal, state, query } = callback;
    const redirectUri = registeredRedirect(this.parts.config, callback.redirectUri);
    const opened = await openOAuthClient(this.parts, { redirectUri, signal, state: [state, savedState(callback)] });
    if (!opened) return NO_CLIENT;
    try {
      const options = { redirect_uri: redirectUri as never };
      await opened.library.callback(new URLSearchParams({ ...query, state }), options);
    } catch (error) {
      return await oauthRefusal(error);
    }
    return this.connected(opened.saved(), { redirectUri, signal });
  }

  /** Refresh tokens work once: whoever calls this must be alone, and a lost answer costs the session. */
  async refresh(session: OAuthCredentials, signal: AbortSignal): Promise<ConnectOutcome> {
    const { redirectUri, handle } = session;
    const opened = await openOAuthClient(this.parts, { redirectUri, signal, session: savedSession(session) });
    if (!opened) return NO_CLIENT;
    try {
      await opened.library.restore(session.did, true);
    } catch (error) {
      return await refreshRefusal(error);
    }
    const renewed = opened.saved();
    return renewed
      ? connection(renewed, { redirectUri, handle })
      : { kind: 'unavailable', detail: 'nothing came back' };
  }

  /** The library would choose `state` and verifier by itself; here they are the caller's. */
  private async push(
    { library }: OpenOAuthClient,
    { redirectUri, state, codeVerifier, signal }: OAuthRequest,
    identity: { did: string; handle: string } | undefined,
  ): Promise<AuthorizeOutcome> {
    const input = identity?.did ?? this.parts.config.serviceUrl;
    const { metadata } = await library.oauthResolver.resolve(input, { signal });
    const { JoseKey } = await oauthLibrary();
    const key = await JoseKey.generate([DPOP_ALGORITHM]);
    const authMethod = authMethodOf(library);
    const server = await library.serverFactory.fromMetadata(metadata, authMethod, key);
    const pushed = await server.request('pushed_authorization_request', {
      client_id: library.clientMetadata.client_id,
      redirect_uri: redirectUri as never,
      response_type: 'code',
      response_mode: 'query',
      scope: SKYLIGHT_SCOPES.join(' '),
      state,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...(identity ? { login_hint: identity.handle } : {}),
    });
    const url = new URL(metadata.authorization_endpoint);
    url.searchParams.set('client_id', library.clientMetadata.client_id);
    url.searchParams.set('request_uri', pushed.request_uri);
    const kept = {
      issuer: metadata.issuer,
      dpopKey: JSON.stringify(key.privateJwk),
      authMethod: JSON.stringify(authMethod),
    };
    return { kind: 'redirect', url: url.href, kept };
  }

  /** The new session must work at the account's own PDS before anybody believes it. */
  private async connected(
    saved: NodeSavedSession | undefined,
    { redirectUri, signal }: { redirectUri: string; signal: AbortSignal },
  ): Promise<ExchangeOutcome> {
    if (!saved) return { kind: 'unavailable', detail: 'the consent gave no session' };
    const missing = SKYLIGHT_SCOPES.filter((scope) => !saved.tokenSet.scope.split(' ').includes(scope));
    if (missing.length > 0)
      return ownerMust(
        'insufficient_scope',
        `Allow all that was asked; missing: ${missing.join(', ')}. Connect again.`,
      );
    const fresh = connection(saved, { redirectUri, handle: saved.tokenSet.sub });
    const caller: Caller = { credentials: fresh.credentials, signal };
    const proved = await this.sessions.connect(caller);
    if (proved.kind !== 'connected') return proved;
    const { handle, did } = { handle: proved.displayName, did: proved.externalId };
    if (did !== saved.tokenSet.sub)
      return ownerMust('invalid_sub', 'The server spoke of another account. Connect again.');
    const notices = saved.authMethod.method === 'none' ? [SHORT_CONSENT] : [];
    return { kind: 'connected', identities: [{ ...connection(saved, { redirectUri, handle }), notices }] };
  }
}

/** Servers end the sessions of a client without a key after that time (`platforms.md` 4.4). */
const SHORT_CONSENT =
  'This consent lasts two weeks at most, then the account must be connected again: this installation has no client key ' +
  '(ATPROTO_CLIENT_KEY). An app password has no such end.';

const NO_CLIENT = {
  kind: 'rejected',
  category: 'platform_rejected',
  platformCode: 'invalid_client',
  detail:
    'Consent needs a public https address of this installation (PUBLIC_URL). Connect with an app password instead.',
} as const;

const authMethodOf = ({ clientMetadata, keyset }: OpenOAuthClient['library']): NodeSavedState['authMethod'] => {
  const kid = clientMetadata.token_endpoint_auth_method === 'private_key_jwt' ? [...(keyset ?? [])][0]?.kid : undefined;
  return kid === undefined ? { method: 'none' } : { method: 'private_key_jwt', kid };
};

const savedState = ({ kept, codeVerifier }: OAuthCallback): NodeSavedState => ({
  iss: kept['issuer'] ?? '',
  dpopJwk: JSON.parse(kept['dpopKey'] ?? '{}') as NodeSavedState['dpopJwk'],
  authMethod: JSON.parse(kept['authMethod'] ?? '{"method":"none"}') as NodeSavedState['authMethod'],
  verifier: codeVerifier,
});

const savedSession = (session: OAuthCredentials): NodeSavedSession => ({
  dpopJwk: JSON.parse(session.dpopKey) as NodeSavedSession['dpopJwk'],
  authMethod: JSON.parse(session.authMethod) as NodeSavedSession['authMethod'],
  tokenSet: {
    iss: session.issuer,
    sub: session.did as never,
    aud: session.service,
    scope: session.scope as never,
    access_token: session.accessToken,
    refresh_token: session.refreshToken,
    token_type: 'DPoP',
  },
});

const connection = (
  { tokenSet, dpopJwk, authMethod }: NodeSavedSession,
  { redirectUri, handle }: { redirectUri: string; handle: string },
): Extract<ConnectOutcome, { kind: 'connected' }> => {
  const session: OAuthCredentials = {
    service: new URL(tokenSet.aud).origin,
    did: tokenSet.sub,
    handle,
    issuer: tokenSet.iss,
    accessToken: tokenSet.access_token,
    refreshToken: tokenSet.refresh_token ?? '',
    scope: tokenSet.scope,
    dpopKey: JSON.stringify(dpopJwk),
    authMethod: JSON.stringify(authMethod),
    redirectUri,
  };
  return {
    kind: 'connected',
    externalId: tokenSet.sub,
    displayName: handle,
    credentials: { ...session } satisfies Credentials,
    scopes: tokenSet.scope.split(' '),
    ...(tokenSet.expires_at === undefined ? {} : { tokenExpiresAt: new Date(tokenSet.expires_at) }),
  };
};
