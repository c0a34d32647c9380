/**
 * How a text travels: 7-bit GSM characters (GSM 03.38) as long as all of it can, else 16-bit UCS-2.
 * Source: 3GPP TS 23.038 (alphabets), TS 23.040 9.2.3.24 (6 bytes of each part name the whole it belongs to).
 */
export type SmsEncoding = 'gsm7' | 'ucs2';

/** What a text costs on the wire. */
export interface SmsSize {
  readonly encoding: SmsEncoding;
  /** Septets for `gsm7` (an extended character takes two), 16-bit units for `ucs2`. */
  readonly units: number;
  /** Messages that are billed, at least 1. */
  readonly segments: number;
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Sent as an escape and a second septet, which no part may tear apart. */
const EXTENDED = new Set('\f^{}\\[~]|€');

const ROOM = { gsm7: { alone: 160, inParts: 153 }, ucs2: { alone: 70, inParts: 67 } } as const;

/** Counts what `text` takes. */
export const smsSizeOf = (text: string): SmsSize => {
  const characters = [...text];
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const encoding: SmsEncoding = isGsm ? 'gsm7' : 'ucs2';
  const widths = characters.map((character) => (isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, inParts } = ROOM[encoding];
  return { encoding, units, segments: units <= alone ? 1 : partsOf(widths, inParts) };
};

/** The characters that make the text a 16-bit one, each once: what to replace to pay for fewer segments. */
export const beyondGsm = (text: string): readonly string[] => [
  ...new Set([...text].filter((character) => !BASIC.has(character) && !EXTENDED.has(character))),
];

/** A character that does not fit whole begins the next part. */
const partsOf = (widths: readonly number[], room: number): number => {
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > room) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
};
