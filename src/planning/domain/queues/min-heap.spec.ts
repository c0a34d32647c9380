import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { MinHeap } from './min-heap.js';

describe('MinHeap', () => {
  it('gives back the least of what is in it, whatever was pushed and popped before', () => {
    const move = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant('pop' as const));
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), fc.array(move, { maxLength: 200 }), (start, moves) => {
        const heap = new MinHeap<number>((one, other) => one < other);
        heap.fill(start);
        let sorted = start.toSorted((a, b) => a - b);
        for (const one of moves) {
          if (one === 'pop') {
            expect(heap.pop()).toBe(sorted[0]);
            sorted = sorted.slice(1);
          } else {
            heap.push(one);
            sorted = [...sorted, one].toSorted((a, b) => a - b);
          }
          expect([heap.peek(), heap.size]).toEqual([sorted[0], sorted.length]);
        }
      }),
    );
  });
});
