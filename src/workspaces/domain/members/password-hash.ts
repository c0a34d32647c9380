/** What one hash costs. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * Argon2id with 19 MiB, two passes, one lane: the first of the equivalent settings that OWASP's Password Storage Cheat
 * Sheet recommends (read November 2026).
 */
export const RECOMMENDED_COST: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 };

/** A stored hash with all that is needed to compute it again. */
export interface StoredHash extends HashCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,128})$/;

/** The string form of the password hashing competition, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64 without padding. */
export const writeHash = ({ memoryKib, passes, lanes, salt, hash }: StoredHash): string =>
  `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;

/** @returns undefined for what is no argon2id hash */
export const readHash = (text: string): StoredHash | undefined => {
  const [, memoryKib, passes, lanes, salt = '', hash = ''] = PHC.exec(text) ?? [];
  if (memoryKib === undefined) return undefined;
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
};

/** Made when another cost was the usual one: to be made again when the password is known, at the next sign-in. */
export const isOutdated = (stored: HashCost, wanted: HashCost): boolean =>
  stored.memoryKib !== wanted.memoryKib || stored.passes !== wanted.passes || stored.lanes !== wanted.lanes;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
