import { createHash, randomUUID } from 'node:crypto';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import type { OAuthCredentials } from './skylight.credentials.js';
import { oauthLibrary } from './skylight.oauth-library.js';
import { errorName } from './skylight.outcomes.js';

/** One call, as its proof names it. */
export interface ProvenCall {
  readonly method: string;
  readonly url: string;
  readonly at: Date;
}

/** Origins whose nonce is remembered; the oldest goes first. */
const MAX_ORIGINS = 1_000;

/** The nonce each server wants to see in the next proof (RFC 9449, section 8). */
export class DpopNonces {
  private readonly byOrigin = new Map<string, string>();

  get(origin: string): string | undefined {
    return this.byOrigin.get(origin);
  }

  set(origin: string, nonce: string): void {
    this.byOrigin.delete(origin);
    this.byOrigin.set(origin, nonce);
    const [oldest] = this.byOrigin.keys();
    if (this.byOrigin.size > MAX_ORIGINS && oldest !== undefined) this.byOrigin.delete(oldest);
  }

  del(origin: string): void {
    this.byOrigin.delete(origin);
  }

  /** Keeps the nonce an answer brought. */
  learn(url: string, answer: PlatformAnswer): void {
    const nonce = answer.kind === 'response' ? answer.headers['dpop-nonce'] : undefined;
    if (nonce) this.set(new URL(url).origin, nonce);
  }
}

/** Headers that prove possession of the key the token is bound to. */
export const dpopHeaders = async (
  { accessToken, dpopKey }: OAuthCredentials,
  { method, url, at }: ProvenCall,
  nonces: DpopNonces,
): Promise<Record<string, string>> => {
  const { JoseKey } = await oauthLibrary();
  const key = await JoseKey.fromJWK(dpopKey);
  const { origin, pathname } = new URL(url);
  const nonce = nonces.get(origin);
  const proof = await key.createJwt(
    { alg: 'ES256', typ: 'dpop+jwt', jwk: key.bareJwk },
    {
      iat: Math.floor(at.getTime() / 1000),
      jti: randomUUID(),
      htm: method,
      htu: `${origin}${pathname}`,
      ath: createHash('sha256').update(accessToken).digest('base64url'),
      ...(nonce === undefined ? {} : { nonce }),
    },
  );
  return { authorization: `DPoP ${accessToken}`, dpop: proof };
};

/** The server wants a nonce first: the call certainly had no effect. */
export const wantsNonce = (answer: PlatformAnswer): boolean =>
  answer.kind === 'response' && answer.status === 401 && errorName(answer) === 'use_dpop_nonce';
