import type { NodeOAuthClient, NodeSavedSession, NodeSavedState } from '@atproto/oauth-client-node';
import type { PlatformAnswer, PlatformRequest } from '../../infrastructure/platform-http.js';
import { clientKeyOf, clientMetadataFor } from './skylight.client-metadata.js';
import type { SkylightClient } from './skylight.client.js';
import type { SkylightConfig } from './skylight.config.js';
import { oauthLibrary } from './skylight.oauth-library.js';
import type { SkylightIdentities } from './skylight.identity.js';

/** What the library needs of us. */
export interface OAuthParts {
  readonly config: SkylightConfig;
  readonly client: SkylightClient;
  readonly identities: SkylightIdentities;
}

/** One consent or refresh: the library's stores hold just this, and live as long. */
export interface OAuthErrand {
  readonly redirectUri: string;
  readonly signal: AbortSignal;
  readonly state?: readonly [string, NodeSavedState];
  readonly session?: NodeSavedSession;
}

export interface OpenOAuthClient {
  readonly library: NodeOAuthClient;
  /** The session as the library last saved it. */
  saved(): NodeSavedSession | undefined;
}

/** The network gave no usable answer to one of the library's requests. */
export class OAuthSilence extends Error {
  override readonly name = 'OAuthSilence';

  constructor(readonly answer: Exclude<PlatformAnswer, { kind: 'response' }>) {
    super(answer.detail);
  }
}

/** Statuses whose answers may have no body (fetch standard). */
const BODYLESS = [204, 205, 304];

/**
 * The official library with our HTTP client under it and nothing kept between two errands. Refreshes are serialised by
 * the caller, so its own lock is none. `undefined` when our address allows no client.
 */
export const openOAuthClient = async (parts: OAuthParts, errand: OAuthErrand): Promise<OpenOAuthClient | undefined> => {
  const { config, client, identities } = parts;
  const clientMetadata = await clientMetadataFor(config, errand.redirectUri);
  if (!clientMetadata) return undefined;
  const key = await clientKeyOf(config);
  let session = errand.session;
  const library = new (await oauthLibrary()).NodeOAuthClient({
    clientMetadata,
    ...(key && clientMetadata.token_endpoint_auth_method === 'private_key_jwt' ? { keyset: [key] } : {}),
    // Plain http is refused by the guarded door, which knows the operator's exceptions.
    allowHttp: true,
    plcDirectoryUrl: config.plcUrl,
    handleResolver: { resolve: (handle) => handleOf(identities, handle, errand.signal) as never },
    fetch: fetchOver(client, errand.signal),
    requestLock: async (_name, run) => run(),
    dpopNonceCache: client.nonces,
    stateStore: {
      get: (key) => (errand.state?.[0] === key ? errand.state[1] : undefined),
      set: () => undefined,
      del: () => undefined,
    },
    sessionStore: { get: () => session, set: (_sub, value) => void (session = value), del: () => undefined },
  });
  return { library, saved: () => session };
};

const handleOf = async (
  identities: SkylightIdentities,
  handle: string,
  signal: AbortSignal,
): Promise<string | null> => {
  const found = await identities.resolve(handle, signal);
  return found.kind === 'found' ? found.did : null;
};

const fetchOver =
  (client: SkylightClient, signal: AbortSignal) =>
  async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const body = request.body ? await request.text() : undefined;
    const answer = await client.send({
      method: request.method as PlatformRequest['method'],
      url: request.url,
      headers: Object.fromEntries(request.headers),
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, request.signal]),
    });
    if (answer.kind !== 'response') throw new OAuthSilence(answer);
    const { status, headers, text } = answer;
    return new Response(BODYLESS.includes(status) ? null : text, { status, headers });
  };
