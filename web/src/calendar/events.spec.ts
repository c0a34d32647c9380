import { describe, expect, it } from '@jest/globals';
import { toEvents } from './events.ts';
import { groupEntries } from './groups.ts';
import { VIEWS } from './place.ts';
import { wallDay } from '../ui/wall-time.ts';

const ZONE = 'America/New_York';

describe('toEvents', () => {
  it('keeps a line before midnight on its own day in every view', () => {
    for (const at of ['2026-11-23T04:41:00.000Z', '2026-11-23T04:59:59.000Z', '2026-11-22T20:00:00.000Z']) {
      const groups = groupEntries([{ kind: 'target', id: '1', at, zone: ZONE, why: '', postId: 'p' }], () => 'reels');
      for (const view of VIEWS) {
        const [event] = toEvents(groups, { view, zone: ZONE, mayMove: true });
        const end = String(event?.end);
        expect(Date.parse(end)).toBeGreaterThan(Date.parse(at));
        expect(wallDay(end, ZONE)).toBe(wallDay(at, ZONE));
      }
    }
  });
});
