import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** An encrypted value and the id of the key that can open it. */
export interface SealedSecret {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/**
 * AES-256-GCM with a ring of keys. `place` (`table|column|row`) is bound in, so that a ciphertext moved to
 * another row does not open.
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, Buffer>;
  /** The first key of the ring: it seals. */
  readonly currentKeyId: string;

  /** @param ring `id:base64(32 bytes)`, comma separated; the first seals, all open */
  constructor(ring: string) {
    const entries = ring.split(',').map((entry) => {
      const at = entry.indexOf(':');
      return [entry.slice(0, at), Buffer.from(entry.slice(at + 1), 'base64')] as const;
    });
    this.keys = new Map(entries);
    this.currentKeyId = entries[0]?.[0] ?? '';
  }

  seal(plain: string, place: string): SealedSecret {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.currentKeyId), nonce).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return { keyId: this.currentKeyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
  }

  /** @throws Error when the key is gone, the place differs or a bit was changed */
  open(secret: SealedSecret, place: string): string {
    const nonce = secret.sealed.subarray(0, NONCE_BYTES);
    const tag = secret.sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key(secret.keyId), nonce)
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    const body = secret.sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
  }

  /**
   * A key for keyed hashes that must stay the same for ever (suppression, confirm links): HKDF-SHA-256 of the *oldest*
   * key of the ring, the last one, so that rotating in a new first key changes nothing. Keep that key in the ring.
   * @param purpose names the use; two purposes never share a key
   * @returns 32 bytes
   */
  derivedKey(purpose: string): Buffer {
    const oldest = [...this.keys.values()].at(-1) ?? Buffer.alloc(0);
    return Buffer.from(hkdfSync('sha256', oldest, 'perennial', purpose, 32));
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new Error(`Encryption key "${id}" is not in ENCRYPTION_KEYS; add it back to read older secrets.`);
    return key;
  }
}
