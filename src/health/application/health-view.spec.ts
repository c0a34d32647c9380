import { describe, expect, it } from '@jest/globals';
import type { HealthSnapshot } from '../domain/health-snapshot.port.js';
import { HealthSnapshots } from '../domain/health-snapshot.port.js';
import type { HealthSettings } from '../health-settings.js';
import { HealthView } from './health-view.js';

const START = Date.parse('2026-01-25T12:00:00Z');

/** Stored health, and how often it was read. */
class Stored extends HealthSnapshots {
  isSelfSuspect = false;
  reads = 0;
  failure: Error | undefined;

  read(): Promise<HealthSnapshot> {
    this.reads += 1;
    const { isSelfSuspect, failure } = this;
    return failure ? Promise.reject(failure) : Promise.resolve({ measured: [], overrides: [], isSelfSuspect });
  }

  detectorsOf = (): Promise<[]> => Promise.resolve([]);
  transitionsOf = (): Promise<[]> => Promise.resolve([]);
}

const viewOf = () => {
  const stored = new Stored();
  const clock = { nowMs: START };
  const view = new HealthView(stored, { now: () => new Date(clock.nowMs) }, {} as HealthSettings);
  return { stored, clock, view };
};

describe('HealthView', () => {
  it('reads again what is too old, once for all who ask', async () => {
    const { stored, clock, view } = viewOf();
    await view.refresh();
    stored.isSelfSuspect = true;
    clock.nowMs += 1_001;
    await Promise.all(Array.from({ length: 100 }, () => view.notOlderThan(1_000)));
    expect([view.isSelfSuspect(), stored.reads]).toEqual([true, 2]);
  });

  it('answers from memory while that is fresh enough', async () => {
    const { stored, clock, view } = viewOf();
    await view.refresh();
    clock.nowMs += 1_000;
    await view.notOlderThan(1_000);
    expect(stored.reads).toBe(1);
  });

  it('takes what was read by a clock ahead for old', async () => {
    const { stored, clock, view } = viewOf();
    await view.refresh();
    clock.nowMs -= 90_000;
    await view.notOlderThan(1_000);
    expect(stored.reads).toBe(2);
  });

  it('says so when it cannot be read, and tries again', async () => {
    const { stored, view } = viewOf();
    stored.failure = new Error('no database');
    await expect(view.notOlderThan(1_000)).rejects.toThrow('no database');
    stored.failure = undefined;
    await view.notOlderThan(1_000);
    expect(stored.reads).toBe(2);
  });
});
