/** Distinct instants (epoch ms), the earliest at hand: a binary heap. */
export class EarliestFirst {
  private readonly heap: number[] = [];

  get first(): number | undefined {
    return this.heap[0];
  }

  add(instant: number): void {
    let at = this.heap.push(instant) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.at(parent) <= instant) break;
      this.heap[at] = this.at(parent);
      at = parent;
    }
    this.heap[at] = instant;
  }

  removeFirst(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(child) >= last) break;
      this.heap[at] = this.at(child);
      at = child;
    }
    this.heap[at] = last;
  }

  clear(): void {
    this.heap.length = 0;
  }

  /** Infinity behind the end, so that nothing sinks there. */
  private at(place: number): number {
    return this.heap[place] ?? Number.POSITIVE_INFINITY;
  }
}
