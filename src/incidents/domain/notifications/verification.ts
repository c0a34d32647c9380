import { createHmac, timingSafeEqual } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { type Message, type Wording } from './message.js';

/** A code works so long, and so often. */
export const CODE_LIFE_MS = 30 * MINUTE_MS;
export const CODE_TRIES = 5;
/** Codes within the hour: for one address over all workspaces, and for one workspace over all addresses. */
export const CODES_PER_ADDRESS = 3;
export const CODES_PER_WORKSPACE = 10;
export const CODES_WINDOW_MS = HOUR_MS;

const DIGITS = 8;
const HMAC = 'sha256';

/** Eight digits. @param draw an integer in [0, below) that nobody can guess */
export const newCode = (draw: (below: number) => number): string => String(draw(10 ** DIGITS)).padStart(DIGITS, '0');

/** What people type: spaces and dashes do not count. */
export const readCode = (typed: string): string => typed.replace(/[\s-]/g, '');

/** Proves that an e-mail address belongs to who adds it, without keeping code or address in clear. */
export class CodeKeys {
  /** @param key 32 bytes that stay the same for ever */
  constructor(private readonly key: Buffer) {}

  hashOf(channelId: string, code: string): Buffer {
    return createHmac(HMAC, this.key).update(`code|${channelId}|${code}`).digest();
  }

  addressOf(address: string): Buffer {
    return createHmac(HMAC, this.key).update(`address|${address}`).digest();
  }

  matches(hash: Buffer, channelId: string, code: string): boolean {
    const own = this.hashOf(channelId, code);
    return own.length === hash.length && timingSafeEqual(own, hash);
  }
}

/** The mail with the code; who did not ask for it need do nothing. */
export const codeMessage = (
  code: string,
  names: { readonly workspace: string; readonly channel: string },
  { publicUrl }: Pick<Wording, 'publicUrl'>,
): Message => ({
  subject: 'Confirm this address for notifications of Perennial',
  text: [
    `Somebody wants notifications of the workspace “${names.workspace}” (channel “${names.channel}”) to be sent to this address.`,
    `The code is: ${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`,
    'If that is you, give it where you added the address; it works for 30 minutes. If not, do nothing: nothing more is sent.',
    publicUrl,
  ].join('\n\n'),
  url: publicUrl,
});
