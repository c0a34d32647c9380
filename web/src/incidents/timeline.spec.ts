import { describe, expect, it } from '@jest/globals';
import { loudest, placeIn, spanOf, stripsOf } from './timeline.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 25, 2, minute)).toISOString();
const ms = (minute: number): number => Date.parse(at(minute));
const change = (minute: number, from: 'healthy' | 'down' | 'recovering', to: 'healthy' | 'down' | 'recovering') => ({
  capability: 'publish' as const,
  at: at(minute),
  from,
  to,
});

describe('stripsOf', () => {
  const span = { fromMs: ms(0), toMs: ms(60) };

  it('leaves no gap: before the first change holds what it left, after the last what it came to', () => {
    const [strip] = stripsOf(
      [change(40, 'recovering', 'healthy'), change(10, 'healthy', 'down'), change(30, 'down', 'recovering')],
      span,
    );
    expect(strip?.segments).toEqual([
      { state: 'healthy', fromMs: ms(0), toMs: ms(10) },
      { state: 'down', fromMs: ms(10), toMs: ms(30) },
      { state: 'recovering', fromMs: ms(30), toMs: ms(40) },
      { state: 'healthy', fromMs: ms(40), toMs: ms(60) },
    ]);
  });

  it('has one strip per capability', () => {
    const changes = [change(10, 'healthy', 'down'), { ...change(12, 'healthy', 'down'), capability: 'read' as const }];
    expect(stripsOf(changes, span).map(({ capability }) => capability)).toEqual(['publish', 'read']);
  });
});

describe('spanOf', () => {
  it('begins a little before the first change and ends a little after the last', () => {
    const span = spanOf({ openedAt: at(10), closedAt: at(60) }, [change(9, 'healthy', 'down')], ms(90));
    expect(span.fromMs).toBeLessThan(ms(9));
    expect(span.toMs).toBeGreaterThan(ms(60));
    expect(placeIn(span, span.fromMs)).toBe(0);
  });

  it('ends now while the incident is open', () => {
    expect(spanOf({ openedAt: at(10) }, [], ms(25)).toMs).toBe(ms(25));
  });
});

describe('loudest', () => {
  it('is the chart that is farthest over its limit', () => {
    const statistic = { probes: 5, liveness: 14.8, attempts: 0 };
    const thresholds = { probes: { downAt: 14.5 }, liveness: { downAt: 14.5 }, attempts: { downAt: 12 } };
    expect(loudest({ statistic, thresholds })).toEqual({ chart: 'liveness', value: 14.8, limit: 14.5 });
  });

  it('takes the limit for degraded where there is none for down', () => {
    const thresholds = { latency: { downAt: null, degradedAt: 12 } };
    expect(loudest({ statistic: { latency: 6 }, thresholds })?.limit).toBe(12);
  });
});
