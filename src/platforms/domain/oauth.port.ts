import type { PlatformName } from './platform-name.js';
import type { ConnectedIdentity, Credentials, Rejected, Unauthorised, Unavailable } from './publish-outcome.js';

/** Path under PUBLIC_URL where a platform's consent returns to; registered with the platform. */
export const oauthCallbackPath = (platform: PlatformName): string => `/v1/accounts/connect/${platform}/callback`;

/** One consent, from the browser's departure to its return. */
export interface OAuthRequest {
  /** Registered with the platform, character by character. */
  readonly redirectUri: string;
  /** Comes back with the callback; unguessable, used once. */
  readonly state: string;
  /** PKCE verifier, 43 to 128 unreserved characters (RFC 7636); used where the platform takes one. */
  readonly codeVerifier: string;
  /** What the user chose beforehand, for example `{ flavour: 'facebook' }` or `{ handle: 'mara.test' }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export type AuthorizeOutcome =
  | {
      readonly kind: 'redirect';
      readonly url: string;
      /** What the exchange will need; encrypted until the callback comes. */
      readonly kept: Credentials;
    }
  | Rejected
  | Unavailable;

/** The browser came back: the request as it left, and what the platform said. */
export interface OAuthCallback extends OAuthRequest {
  /** Query of the callback as it came: `code`, `iss`, `scopes`, or `error`. */
  readonly query: Readonly<Record<string, string>>;
  readonly kept: Credentials;
}

/** Everything the consent gave: one login may hold several identities (Facebook Pages). Never empty. */
export type ExchangeOutcome =
  | { readonly kind: 'connected'; readonly identities: readonly ConnectedIdentity[] }
  | Unauthorised
  | Rejected
  | Unavailable;

/** Consent in a browser. */
export interface PlatformOAuth {
  /** Scopes without which publishing cannot work; `exchange` names those the user did not grant. */
  readonly requiredScopes: readonly string[];
  /** Where to send the browser. */
  authorize(request: OAuthRequest): Promise<AuthorizeOutcome>;
  /** Credentials for a code. A code is worth one try: a lost answer means consent again, never a second call. */
  exchange(callback: OAuthCallback): Promise<ExchangeOutcome>;
}
