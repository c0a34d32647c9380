import { HOUR_MS } from '../../kernel/durations.js';

/** Something that happens at a moment of the virtual clock. */
export interface QueuedEvent {
  readonly atMs: number;
  readonly number: number;
  readonly run: () => void;
}

const isBefore = (a: QueuedEvent, b: QueuedEvent): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);

/**
 * Events by (time, number): what was planned first happens first at one instant. Those of the hour that is being played
 * are a binary heap; later ones wait in their hours, unsorted, so that the heap stays small however much is planned.
 */
export class EventQueue {
  private readonly heap: QueuedEvent[] = [];
  private readonly later = new Map<number, QueuedEvent[]>();
  private hour = -Infinity;
  private planned = 0;

  add(atMs: number, run: () => void): void {
    const event = { atMs, number: (this.planned += 1), run };
    const hour = Math.floor(atMs / HOUR_MS);
    if (hour <= this.hour) return this.rise(event);
    const waiting = this.later.get(hour);
    if (waiting) waiting.push(event);
    else this.later.set(hour, [event]);
  }

  /** The next event, taken out; undefined when there is none. */
  take(): QueuedEvent | undefined {
    if (this.heap.length === 0) this.beginHour();
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) this.sink(last);
    return first;
  }

  private beginHour(): void {
    if (this.later.size === 0) return;
    this.hour = Math.min(...this.later.keys());
    for (const event of this.later.get(this.hour) ?? []) this.rise(event);
    this.later.delete(this.hour);
  }

  private rise(event: QueuedEvent): void {
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
