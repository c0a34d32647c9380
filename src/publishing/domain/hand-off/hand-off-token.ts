import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const EXPIRY_BYTES = 4;
const MAC_BYTES = 16;
/** Decoders overlook what is no base64; a token stands in the addresses of its page, so only its own text is one. */
const TOKEN = /^([\w-]{27})\.([\w-]{22})$/;

/**
 * The name of one hand-off in links: its id and an expiry, signed. Whoever has it may read the page, take the video
 * and say what became of it; so it is 128 bits that cannot be guessed, and it ends.
 */
export class HandOffTokens {
  /** @param key 32 bytes, the same for as long as links shall work */
  constructor(private readonly key: Buffer) {}

  /** @param until whole seconds count; the same id and time always give the same token */
  tokenOf(handOffId: string, until: Date): string {
    const payload = Buffer.alloc(ID_BYTES + EXPIRY_BYTES);
    Buffer.from(handOffId.replaceAll('-', ''), 'hex').copy(payload);
    payload.writeUInt32BE(Math.floor(until.getTime() / 1000), ID_BYTES);
    return `${payload.toString('base64url')}.${this.mac(payload).toString('base64url')}`;
  }

  /** @returns the hand-off's id; undefined for a token that is not ours or has ended */
  read(token: string, now: Date): string | undefined {
    const [, body = '', signature = ''] = TOKEN.exec(token) ?? [];
    const payload = Buffer.from(body, 'base64url');
    const mac = Buffer.from(signature, 'base64url');
    const isWhole = payload.length === ID_BYTES + EXPIRY_BYTES && mac.length === MAC_BYTES;
    if (!isWhole || !timingSafeEqual(mac, this.mac(payload))) return undefined;
    if (payload.readUInt32BE(ID_BYTES) * 1000 <= now.getTime()) return undefined;
    return payload
      .subarray(0, ID_BYTES)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private mac(payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update('handoff|').update(payload).digest().subarray(0, MAC_BYTES);
  }
}
