import { describe, expect, it } from '@jest/globals';
import { EventQueue } from './event-queue.js';
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

  it('draws the same numbers for the same seed', () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
