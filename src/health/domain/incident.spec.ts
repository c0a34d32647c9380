import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../kernel/durations.js';
import { incidentMergeMs, openingOf, severityOf } from './incident.js';

const at = new Date('2026-01-25T10:00:00Z');
const closedBefore = (ms: number) => ({ id: 'i', closedAt: plusMs(at, -ms) });

describe('trouble of a platform in a region', () => {
  const open = (latest: Parameters<typeof openingOf>[0]) => openingOf(latest, at, incidentMergeMs(1));

  it('opens the first incident', () => expect(open(undefined)).toEqual({ kind: 'open' }));

  it('joins the one that is open', () => expect(open({ id: 'i' })).toEqual({ kind: 'join', id: 'i' }));

  it('opens the last one again within six hours of its end', () => {
    expect(open(closedBefore(0))).toEqual({ kind: 'reopen', id: 'i' });
    expect(open(closedBefore(6 * HOUR_MS))).toEqual({ kind: 'reopen', id: 'i' });
  });

  it('opens another one later', () => expect(open(closedBefore(6 * HOUR_MS + 1))).toEqual({ kind: 'open' }));

  it('comes back sooner where time runs faster', () => expect(incidentMergeMs(60)).toBe(6 * MINUTE_MS));
});

describe('severity', () => {
  it.each([
    ['degraded', ['publish'], 'minor'],
    ['degraded', ['publish', 'read'], 'major'],
    ['down', ['publish'], 'major'],
    ['down', ['publish', 'read'], 'critical'],
  ] as const)('of %s with trouble in %s is %s', (worstState, capabilities, severity) => {
    expect(severityOf({ worstState, capabilities })).toBe(severity);
  });
});
