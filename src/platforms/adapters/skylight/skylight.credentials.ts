import type { Credentials } from '../../domain/publish-outcome.js';

/** An OAuth session as the vault keeps it. */
export interface OAuthCredentials {
  /** Address of the account's PDS. */
  readonly service: string;
  readonly did: string;
  readonly handle: string;
  /** Authorization server that gave the tokens. */
  readonly issuer: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string;
  /** Private JWK, as JSON, that the tokens are bound to (RFC 9449). */
  readonly dpopKey: string;
  /** As JSON: how the client proved itself; a refresh must prove it the same way. */
  readonly authMethod: string;
  /** Part of the development client's id. */
  readonly redirectUri: string;
}

/** The OAuth session in these credentials; `undefined` for an app password's session. */
export const oauthIn = (credentials: Credentials): OAuthCredentials | undefined =>
  credentials['accessToken'] !== undefined && credentials['dpopKey'] !== undefined
    ? (credentials as unknown as OAuthCredentials)
    : undefined;
