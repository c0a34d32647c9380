/** Gives out what is least first: a binary heap. */
export class OrderedQueue<T> {
  private readonly items: T[] = [];

  /** @param isBefore a strict order; of two equal ones either comes first */
  constructor(private readonly isBefore: (one: T, other: T) => boolean) {}

  get length(): number {
    return this.items.length;
  }

  push(item: T): void {
    let at = this.items.length;
    this.items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.items[parent] as T;
      if (!this.isBefore(item, above)) break;
      this.items[at] = above;
      at = parent;
    }
    this.items[at] = item;
  }

  shift(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (this.items.length > 0) this.sink(last as T);
    return first;
  }

  private sink(item: T): void {
    let at = 0;
    for (let child = 1; child < this.items.length; child = 2 * at + 1) {
      const right = child + 1;
      if (right < this.items.length && this.isBefore(this.items[right] as T, this.items[child] as T)) child = right;
      const below = this.items[child] as T;
      if (!this.isBefore(below, item)) break;
      this.items[at] = below;
      at = child;
    }
    this.items[at] = item;
  }
}
