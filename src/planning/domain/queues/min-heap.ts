/** A heap whose least entry is always at hand; `isBefore` must be a strict order. */
export class MinHeap<Entry> {
  private readonly entries: Entry[] = [];

  constructor(private readonly isBefore: (one: Entry, other: Entry) => boolean) {}

  get size(): number {
    return this.entries.length;
  }

  peek(): Entry | undefined {
    return this.entries[0];
  }

  /** Takes all at once, in linear time; for a heap that is empty. */
  fill(entries: readonly Entry[]): void {
    for (const entry of entries) this.entries.push(entry);
    for (let index = (entries.length >> 1) - 1; index >= 0; index -= 1) {
      const entry = entries[index];
      if (entry !== undefined) this.sink(entry, index);
    }
  }

  push(entry: Entry): void {
    const { entries } = this;
    let index = entries.length;
    entries.push(entry);
    while (index > 0) {
      const up = (index - 1) >> 1;
      const above = entries[up];
      if (above === undefined || !this.isBefore(entry, above)) break;
      entries[index] = above;
      index = up;
    }
    entries[index] = entry;
  }

  pop(): Entry | undefined {
    const { entries } = this;
    const least = entries[0];
    const last = entries.pop();
    if (entries.length > 0 && last !== undefined) this.sink(last, 0);
    return least;
  }

  /** Puts `entry` at `start`, or below where lesser ones are. */
  private sink(entry: Entry, start: number): void {
    const { entries } = this;
    let index = start;
    for (;;) {
      let down = 2 * index + 1;
      const left = entries[down];
      if (left === undefined) break;
      let least = left;
      const right = entries[down + 1];
      if (right !== undefined && this.isBefore(right, left)) {
        down += 1;
        least = right;
      }
      if (!this.isBefore(least, entry)) break;
      entries[index] = least;
      index = down;
    }
    entries[index] = entry;
  }
}
