import type { JoseKey, OAuthClientMetadataInput } from '@atproto/oauth-client-node';
import { oauthCallbackPath } from '../../domain/oauth.port.js';
import type { SkylightConfig } from './skylight.config.js';
import { oauthLibrary } from './skylight.oauth-library.js';

/** Path of the document that is our client id (atproto.com/specs/oauth, "client ID metadata document"). */
export const CLIENT_METADATA_PATH = '/oauth/skylight/client-metadata.json';

/** What we ask for: to act for the account in everything but its administration (`platforms.md` 4.4). */
export const SKYLIGHT_SCOPES: readonly string[] = ['atproto', 'transition:generic'];
const SCOPE = SKYLIGHT_SCOPES.join(' ');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];
/** Names and wildcards that stand for this machine. */
const NO_ADDRESS = ['localhost', '0.0.0.0', '[::]'];

/** Authorization servers take 127.0.0.1 as the development client's address, and refuse `localhost` (RFC 8252, 8.3). */
export const loopbackRedirect = (redirectUri: string): string => {
  const url = new URL(redirectUri);
  if (NO_ADDRESS.includes(url.hostname)) url.hostname = '127.0.0.1';
  return url.href;
};

/** Whether our own address is one that a browser on this machine alone can reach. */
const isLoopback = (publicUrl: string): boolean => publicUrl === '' || LOOPBACK.includes(new URL(publicUrl).hostname);

/** The redirect address as it is registered for this client. */
export const registeredRedirect = ({ publicUrl }: SkylightConfig, redirectUri: string): string =>
  isLoopback(publicUrl) ? loopbackRedirect(redirectUri) : redirectUri;

/** The key that proves our client; none for a public client. @throws Error when it is configured and no private JWK */
export const clientKeyOf = async ({ clientKey }: SkylightConfig): Promise<JoseKey | undefined> =>
  clientKey === '' ? undefined : (await oauthLibrary()).JoseKey.fromJWK(clientKey);

/** The published document; `undefined` without a public https address, where the development client is used. */
export const publishedMetadata = async (config: SkylightConfig): Promise<OAuthClientMetadataInput | undefined> => {
  const publicUrl = config.publicUrl.replace(/\/$/, '');
  if (!publicUrl.startsWith('https://')) return undefined;
  const key = await clientKeyOf(config);
  return {
    client_id: `${publicUrl}${CLIENT_METADATA_PATH}` as `https://${string}/${string}`,
    client_name: 'Perennial',
    client_uri: publicUrl,
    redirect_uris: [`${publicUrl}${oauthCallbackPath('skylight')}` as `https://${string}`],
    scope: SCOPE,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    application_type: 'web',
    dpop_bound_access_tokens: true,
    ...(key
      ? {
          token_endpoint_auth_method: 'private_key_jwt' as const,
          token_endpoint_auth_signing_alg: 'ES256',
          jwks: { keys: [key.publicJwk] },
        }
      : { token_endpoint_auth_method: 'none' as const }),
  };
};

/** The client a consent is asked for with; `undefined` when our address is neither https nor loopback. */
export const clientMetadataFor = async (
  config: SkylightConfig,
  redirectUri: string,
): Promise<OAuthClientMetadataInput | undefined> => {
  const published = await publishedMetadata(config);
  if (published || !isLoopback(config.publicUrl)) return published;
  const { buildAtprotoLoopbackClientMetadata } = await oauthLibrary();
  return buildAtprotoLoopbackClientMetadata({ scope: SCOPE, redirect_uris: [redirectUri] });
};
