import { describe, expect, it } from '@jest/globals';
import type { QueueDto } from '../api/generated/types.gen.ts';
import { firstFree, queuesFor } from './free-slot.ts';

const place = (at: string, code: string) => ({ at, code, slotId: 's', localDate: at.slice(0, 10), why: '' }) as never;

describe('firstFree', () => {
  it('is the earliest place ahead that no evergreen post takes', () => {
    const empty = [
      place('2026-12-03T10:00:00Z', 'none_fits'),
      place('2026-12-02T10:00:00Z', 'none_rested'),
      place('2026-12-01T10:00:00Z', 'blackout'),
      place('2026-11-01T10:00:00Z', 'none_fits'),
    ];
    expect(firstFree({ empty }, Date.parse('2026-11-20T00:00:00Z'))).toBe('2026-12-02T10:00:00Z');
    expect(firstFree({ empty: [] }, 0)).toBeUndefined();
  });
});

describe('queuesFor', () => {
  const queue = (name: string, categories: readonly string[]) =>
    ({ name, slots: [{ categories }] }) as unknown as QueueDto;
  const queues = [queue('food', ['food']), queue('any', []), { name: 'bare', slots: [] } as unknown as QueueDto];

  it('takes a post by any of its tags, and every post where a slot names none', () => {
    expect(queuesFor(['food', 'x'], queues).map(({ name }) => name)).toEqual(['food', 'any']);
    expect(queuesFor([], queues).map(({ name }) => name)).toEqual(['any']);
  });
});
