const HEX = 16;

/** 128 random bits as hex. `crypto.randomUUID` exists only behind https; a home server may be plain http. */
export const newCallId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(HEX).padStart(2, '0')).join('');
