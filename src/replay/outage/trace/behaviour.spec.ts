import { describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { stretchAt, stretchesOf } from './behaviour.js';
import { Truth } from './truth.js';

const MINUTE = 60_000;

describe('behaviour at a moment', () => {
  const trace = tinyTrace((t) => {
    Object.assign(t.regions, { us: 0.5, eu: 0.5 });
    t.platforms.tiktok.phases.push(
      { fromMinute: 10, toMinute: 30, upload: { errorRate: 0.5, latencyMs: { p50: 5, p95: 6 } } },
      { fromMinute: 20, toMinute: 40, regions: ['us'], upload: { errorRate: 0.2 }, counters: 'zero' },
      { fromMinute: 100, toMinute: 500, auth: { errorRate: 1 } },
    );
  });
  const at = (region: string, minute: number) =>
    stretchAt(stretchesOf(trace.platforms.tiktok!, region, 120 * MINUTE), minute * MINUTE).behaviour;

  it('is normal, then every phase field by field, later ones over earlier ones', () => {
    expect(at('us', 9.99).upload.errorRate).toBe(0);
    expect(at('us', 10).upload).toMatchObject({ errorRate: 0.5, timeoutRate: 0, latencyMs: { p50: 5, p95: 6 } });
    expect(at('us', 20).upload).toMatchObject({ errorRate: 0.2, latencyMs: { p50: 5, p95: 6 } });
    expect(at('us', 30)).toMatchObject({ upload: { errorRate: 0.2, latencyMs: { p50: 1000 } }, counters: 'zero' });
    expect(at('us', 40).upload.errorRate).toBe(0);
  });

  it('is that of the region', () => {
    expect(at('eu', 20)).toMatchObject({ upload: { errorRate: 0.5 }, counters: 'live' });
  });

  it('is normal after the end, whatever a phase says', () => {
    expect(at('us', 119).auth.errorRate).toBe(1);
    expect(at('us', 120).auth.errorRate).toBe(0);
  });
});

describe('truth', () => {
  const truth = new Truth(
    tinyTrace((t) => {
      Object.assign(t.regions, { us: 0.5, eu: 0.5 });
      t.platforms.tiktok.truth.push(
        { fromMinute: 10, toMinute: 20, capability: 'publish', state: 'down', regions: ['us'] },
        { fromMinute: 20, toMinute: 30, capability: 'publish', state: 'degraded' },
        { fromMinute: 50, toMinute: 999, capability: 'publish', state: 'down' },
      );
    }),
  );

  it('speaks of all regions unless it names some', () => {
    expect(truth.stateAt('tiktok', 'us', 15 * MINUTE)).toBe('down');
    expect(truth.stateAt('tiktok', 'eu', 15 * MINUTE)).toBe('healthy');
    expect(truth.stateAt('tiktok', 'eu', 20 * MINUTE)).toBe('degraded');
  });

  it('makes one incident of adjoining spans and ends with the trace', () => {
    expect(truth.incidentsOf('tiktok', 'us')).toEqual([
      { fromMs: 10 * MINUTE, endMs: 30 * MINUTE },
      { fromMs: 50 * MINUTE, endMs: 120 * MINUTE },
    ]);
    expect(truth.incidentsOf('tiktok', 'us', 'publish', 'down')).toHaveLength(2);
  });
});
