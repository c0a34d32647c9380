import { createHash, createHmac } from 'node:crypto';
import type { WorkspaceId } from '../../../kernel/ids.js';

const TOKEN_BYTES = 16;

/**
 * Keyed hashes of addresses and the tokens of confirm links.
 * Its key is derived from the encryption ring for this purpose alone (`SecretBox.derivedKey('audience')`), so a stolen
 * table cannot be searched for addresses, and an erased address can still be recognised.
 */
export class AddressKeys {
  /** @param key 32 bytes, the same for the life of the database */
  constructor(private readonly key: Buffer) {}

  /** HMAC-SHA-256 of a normalised address; differs per workspace, so that tenants' lists cannot be compared. */
  hmacOf(workspaceId: WorkspaceId, address: string): Buffer {
    return this.mac('address', workspaceId, address);
  }

  /**
   * The token of the `number`-th confirm link of an address: 128 bits, derived instead of drawn, so that the mail can be
   * written again after a crash although only the token's hash is stored.
   */
  confirmToken(workspaceId: WorkspaceId, addressHmac: Buffer, number: number): string {
    return this.mac('confirm', workspaceId, addressHmac.toString('hex'), String(number))
      .subarray(0, TOKEN_BYTES)
      .toString('base64url');
  }

  private mac(...parts: readonly string[]): Buffer {
    return createHmac('sha256', this.key).update(parts.join('|')).digest();
  }
}

/** What is stored of a token. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
