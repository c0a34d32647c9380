import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../kernel/durations.js';
import { EventQueue, type QueuedEvent } from './event-queue.js';
import { Random } from './random.js';

describe('the event queue', () => {
  it('hands events out by time, those of one instant in the order they were planned', () => {
    const queue = new EventQueue();
    const random = new Random(7);
    const times = Array.from({ length: 500 }, () => random.int(0, 40));
    for (const atMs of times) queue.add(atMs, () => undefined);
    const taken = times.map(() => queue.take()!);
    const sorted = taken.toSorted((a, b) => a.atMs - b.atMs || a.number - b.number);
    expect(taken).toEqual(sorted);
    expect(queue.take()).toBeUndefined();
  });

  it('keeps that order over hours, whatever is planned on the way', () => {
    const queue = new EventQueue();
    const random = new Random(3);
    const plan = (fromMs: number) => queue.add(fromMs + random.int(0, 30 * HOUR_MS), () => undefined);
    for (let count = 0; count < 300; count += 1) plan(0);
    const taken: QueuedEvent[] = [];
    for (let next = queue.take(); next; next = queue.take()) {
      taken.push(next);
      if (taken.length <= 300) plan(next.atMs);
    }
    expect(taken).toHaveLength(600);
    expect(taken).toEqual(taken.toSorted((a, b) => a.atMs - b.atMs || a.number - b.number));
  });

  it('draws the same numbers for the same seed', () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
