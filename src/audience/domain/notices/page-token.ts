import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const MAC_BYTES = 12;
/** Decoders overlook what is no base64; a token stands in an address, so only its own text is one. */
const TOKEN = /^[\w-]{38}$/;

/** What a public page shows: a workspace's present links, or one notice as it was sent. */
export type PageKind = 'links' | 'notice';

/**
 * The names of public pages in addresses: an id, signed. They say nothing of who looks, work as long as the key does,
 * and cannot be guessed from another one (96 bits), so whoever has an address got it from us.
 */
export class PageTokens {
  /** @param key 32 bytes, the same for as long as addresses shall work */
  constructor(private readonly key: Buffer) {}

  /** @param id a UUID: the workspace's for `links`, the broadcast's for `notice` */
  tokenOf(kind: PageKind, id: string): string {
    const payload = Buffer.from(id.replaceAll('-', ''), 'hex');
    return Buffer.concat([payload, this.mac(kind, payload)]).toString('base64url');
  }

  /** @returns the id; undefined for a token that is not ours or names a page of another kind */
  read(kind: PageKind, token: string): string | undefined {
    if (!TOKEN.test(token)) return undefined;
    const bytes = Buffer.from(token, 'base64url');
    const payload = bytes.subarray(0, ID_BYTES);
    const mac = bytes.subarray(ID_BYTES);
    if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, this.mac(kind, payload))) return undefined;
    return payload.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private mac(kind: PageKind, payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`page|${kind}|`).update(payload).digest().subarray(0, MAC_BYTES);
  }
}
