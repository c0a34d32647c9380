import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../kernel/durations.js';
import { type LookOutcome, resultOf } from './look-result.js';
import type { LookDue } from './metric-looks.port.js';

const NOW = new Date('2026-01-25T12:00:00Z');
const MINUTE = 60_000;
const look: LookDue = {
  ...{ targetId: 't', workspaceId: 'w', accountId: 'a', platform: 'tiktok', claim: 'c', failures: 0 },
  publishedAt: plusMs(NOW, -60 * MINUTE),
};
const result = (outcome: LookOutcome) => resultOf(look, outcome, { now: NOW, scale: 1, suspect: false });
const minutesLater = ({ nextAt }: ReturnType<typeof resultOf>) => ((nextAt?.getTime() ?? 0) - NOW.getTime()) / MINUTE;

describe('one look at the counters of a post', () => {
  it('is a sample for its age where there are counters, and proves that the platform can be read', () => {
    const seen = result({ kind: 'metrics', views: 120 });
    expect(seen).toMatchObject({ failures: 0, reading: 'good', sample: { views: 120, milestoneSeconds: 3_600 } });
    expect(minutesLater(seen)).toBe(120);
  });

  it('is no sample where the answer holds no number, though it was an answer', () => {
    const seen = result({ kind: 'metrics', views: Number.NaN });
    expect(seen.reading).toBe('good');
    expect(seen).not.toHaveProperty('sample');
  });

  it.each<[string, LookOutcome, number, 'bad' | undefined]>([
    ['that nobody answered', { kind: 'unavailable' }, 2, 'bad'],
    ['that ended in a fault of theirs', { kind: 'unavailable', httpStatus: 502 }, 2, 'bad'],
    ['that was refused', { kind: 'unavailable', httpStatus: 403, platformCode: 'scope_not_authorized' }, 2, undefined],
    ['that broke in our hands', { kind: 'broken' }, 2, undefined],
    ['refused for its token', { kind: 'unauthorised', reconnect: true }, 360, undefined],
    ['throttled', { kind: 'throttled', scope: 'app', retryAt: plusMs(NOW, 30 * MINUTE) }, 30, undefined],
  ])('%s comes again, and blames the platform only for its own trouble', (_, outcome, minutes, reading) => {
    const seen = result(outcome);
    expect(seen.failures).toBe(1);
    expect(seen.reading).toBe(reading);
    expect(minutesLater(seen)).toBe(minutes);
    expect(seen).not.toHaveProperty('sample');
  });
});
