import { describe, expect, it } from '@jest/globals';
import { JoseKey } from '@atproto/oauth-client-node';
import { clientMetadataFor, publishedMetadata, registeredRedirect } from './skylight.client-metadata.js';
import { DpopNonces } from './skylight.dpop.js';
import { type OAuthParts, openOAuthClient } from './skylight.oauth-client.js';
import { SKYLIGHT_DEFAULTS } from './skylight.config.js';

const REDIRECT = 'http://localhost:3000/v1/accounts/connect/skylight/callback';
const at = (publicUrl: string, clientKey = '') => ({ ...SKYLIGHT_DEFAULTS, publicUrl, clientKey });

describe('the OAuth client of this installation', () => {
  it('is the document it publishes', async () => {
    expect(await publishedMetadata(at('https://perennial.example/'))).toMatchObject({
      client_id: 'https://perennial.example/oauth/skylight/client-metadata.json',
      redirect_uris: ['https://perennial.example/v1/accounts/connect/skylight/callback'],
      scope: 'atproto transition:generic',
      dpop_bound_access_tokens: true,
      token_endpoint_auth_method: 'none',
    });
  });

  it('proves itself where it has a key, and shows the public half only', async () => {
    const key = await JoseKey.generate(['ES256'], 'k1');
    const metadata = await publishedMetadata(at('https://perennial.example', JSON.stringify(key.privateJwk)));
    expect(metadata).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kid: 'k1' }] } });
    expect(JSON.stringify(metadata)).not.toContain('"d":');
  });

  it.each(['', 'with a key'])('is one the library accepts, %s', async (kind) => {
    const key = await JoseKey.generate(['ES256'], 'k1');
    const config = at('https://perennial.example', kind === '' ? '' : JSON.stringify(key.privateJwk));
    const parts = { config, client: { nonces: new DpopNonces() }, identities: {} } as unknown as OAuthParts;
    const opened = await openOAuthClient(parts, { redirectUri: REDIRECT, signal: new AbortController().signal });
    expect(opened?.library.clientMetadata.client_id).toBe(
      'https://perennial.example/oauth/skylight/client-metadata.json',
    );
    expect(opened?.library.jwks.keys.map(({ kid }) => kid)).toEqual(kind === '' ? [] : ['k1']);
  });

  it('is the development client on this machine, whose redirect is an address and no name', async () => {
    const redirect = registeredRedirect(at(''), REDIRECT);
    expect(redirect).toBe('http://127.0.0.1:3000/v1/accounts/connect/skylight/callback');
    const { client_id } = (await clientMetadataFor(at('http://localhost:3000'), redirect)) ?? {};
    expect(client_id).toMatch(/^http:\/\/localhost\?/);
  });

  it('is none at an address without https that is not this machine', async () => {
    expect(await clientMetadataFor(at('http://perennial.lan'), REDIRECT)).toBeUndefined();
    expect(await publishedMetadata(at(''))).toBeUndefined();
  });
});
