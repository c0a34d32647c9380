import { describe, expect, it } from '@jest/globals';
import { pollWhileRunning } from './drill-progress.ts';

const NOW = Date.parse('2026-01-25T03:00:00Z');
const drill = (status: 'planned' | 'running' | 'finished', startsAt = '2026-01-25T03:00:00Z') => ({ status, startsAt });

describe('pollWhileRunning', () => {
  it('asks again while a drill runs or is about to', () => {
    expect(pollWhileRunning([drill('finished'), drill('running')], NOW)).toBeGreaterThan(0);
    expect(pollWhileRunning([drill('planned')], NOW)).toBeGreaterThan(0);
  });

  it('asks nothing for drills of the past and of next week', () => {
    expect(pollWhileRunning([drill('finished'), drill('planned', '2026-02-01T03:00:00Z')], NOW)).toBe(false);
  });
});
