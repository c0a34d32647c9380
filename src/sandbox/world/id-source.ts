import { seededRandom } from './seeded-random.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Ids and tokens in the platforms' shapes; the same seed gives the same sequence. Never rewound, so ids stay unique. */
export class IdSource {
  readonly #random: () => number;
  #counter = 0n;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** `length` letters and digits. */
  word(length: number): string {
    return Array.from({ length }, () => ALPHABET[Math.floor(this.#random() * ALPHABET.length)]).join('');
  }

  /** A growing number above `base`; sparse, so that nobody can count on neighbours. */
  number(base: bigint): bigint {
    this.#counter += 1n + BigInt(Math.floor(this.#random() * 1000));
    return base + this.#counter;
  }
}
