/** Something that happens at a moment of the virtual clock. */
export interface QueuedEvent {
  readonly atMs: number;
  readonly number: number;
  readonly run: () => void;
}

const isBefore = (a: QueuedEvent, b: QueuedEvent): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);

/** Events by (time, number): what was planned first happens first at one instant. A binary heap. */
export class EventQueue {
  private readonly heap: QueuedEvent[] = [];
  private planned = 0;

  get size(): number {
    return this.heap.length;
  }

  add(atMs: number, run: () => void): void {
    const event = { atMs, number: (this.planned += 1), run };
    let place = this.heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent] as QueuedEvent;
      if (!isBefore(event, above)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = event;
  }

  /** The next event, taken out; undefined when there is none. */
  take(): QueuedEvent | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(event: QueuedEvent): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      if (left >= this.heap.length) break;
      const isRight =
        right < this.heap.length && isBefore(this.heap[right] as QueuedEvent, this.heap[left] as QueuedEvent);
      const child = isRight ? right : left;
      const below = this.heap[child] as QueuedEvent;
      if (!isBefore(below, event)) break;
      this.heap[place] = below;
      place = child;
    }
    this.heap[place] = event;
  }
}
