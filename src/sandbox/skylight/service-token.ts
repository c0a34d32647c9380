import { verifySignature } from '@atproto/crypto';
import type { DidDocuments } from './did-documents.js';

/** Claims of an inter-service token (atproto.com/specs/xrpc, "Inter-Service Authentication"). */
export interface ServiceClaims {
  readonly iss: string;
  readonly aud: string;
  readonly exp: number;
  readonly lxm?: string;
}

/** The claims, unproved. */
export const claimsIn = (token: string): Partial<ServiceClaims> => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Partial<ServiceClaims>;
  } catch {
    return {};
  }
};

/**
 * Whether the account itself signed this token, for this receiver and method, and it still lives.
 * @returns undefined when it holds, else the error the receiver words
 */
export const tokenFault = async (
  token: string,
  expected: { readonly aud: string; readonly lxm: string; readonly did?: string },
  documents: DidDocuments,
): Promise<string | undefined> => {
  const [head, body, signature] = token.split('.');
  const { iss, aud, exp, lxm } = claimsIn(token);
  if (!head || !body || !signature || iss === undefined) return 'BadJwt';
  const key = await documents.signingKey(iss);
  if (key === undefined) return 'BadJwtIssuer';
  const isSigned = await verifySignature(key, Buffer.from(`${head}.${body}`), Buffer.from(signature, 'base64url'));
  if (!isSigned) return 'BadJwtSignature';
  if (typeof exp !== 'number' || exp * 1000 <= Date.now()) return 'JwtExpired';
  if (aud !== expected.aud) return 'BadJwtAudience';
  if (lxm !== expected.lxm) return 'BadJwtLexiconMethod';
  return expected.did !== undefined && expected.did !== iss ? 'BadJwtIssuer' : undefined;
};
