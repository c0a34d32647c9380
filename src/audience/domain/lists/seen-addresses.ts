const FIRST_SLOTS = 4_096;
/** More would make the search for a free slot long. */
const MAX_LOAD = 0.5;

/**
 * Which addresses a file has had so far, in 8 bytes each: a set of strings would take ten times as much. Two addresses
 * are taken for one with a probability of n² / 2^65: for two million rows 1 in 10 million, since the keyed hashes that
 * it is given are as good as random.
 */
export class SeenAddresses {
  private slots = new BigUint64Array(FIRST_SLOTS);
  private count = 0;

  /** @param hmac of the address, at least 8 bytes. @returns false when it was seen before */
  add(hmac: Buffer): boolean {
    // 0 marks a free slot.
    const key = hmac.readBigUInt64LE(0) || 1n;
    if (this.count >= this.slots.length * MAX_LOAD) this.grow();
    const isNew = put(this.slots, key);
    if (isNew) this.count += 1;
    return isNew;
  }

  private grow(): void {
    const wider = new BigUint64Array(this.slots.length * 2);
    for (const key of this.slots) if (key !== 0n) put(wider, key);
    this.slots = wider;
  }
}

const put = (slots: BigUint64Array, key: bigint): boolean => {
  const mask = slots.length - 1;
  let at = Number(key & BigInt(mask));
  while (slots[at] !== 0n) {
    if (slots[at] === key) return false;
    at = (at + 1) & mask;
  }
  slots[at] = key;
  return true;
};
