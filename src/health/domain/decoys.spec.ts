import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { detectorConfig } from './detector-config.js';
import { HealthFold } from './health-fold.js';
import type { StoredSignal } from './keyed.js';
import { NEUTRAL, type Signal } from './signal.js';

const START = new Date('2026-01-24T06:00:00Z');
const WORKSPACES = 20;

/** Numbers 0..1 from a seed (mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A platform in two regions as it is on a good day, minute by minute: 0.6 posts, a probe, four looks, four reads. */
class QuietDays {
  readonly health = new HealthFold(detectorConfig(1));
  readonly entered: string[] = [];
  private readonly random = seeded(7);
  private minute = 0;
  private posts = 0;

  /** @param each what else happens in a minute */
  run(minutes: number, each: (minute: number) => void = () => undefined): this {
    for (const end = this.minute + minutes; this.minute < end; this.minute += 1) {
      this.see({ platform: NEUTRAL, region: '', capability: 'read', source: 'probe', verdict: 'good' });
      for (const region of ['us', 'eu']) this.usual(region);
      each(this.minute);
    }
    return this;
  }
  attempt(verdict: Signal['verdict'], more: Partial<Signal> = {}): void {
    this.posts += 1;
    const workspaceId = `w${Math.floor(this.random() * WORKSPACES)}`;
    const who = { workspaceId, accountId: `${workspaceId}-a`, targetId: `t${this.posts}` };
    this.see({ region: 'us', capability: 'publish', source: 'attempt', verdict, latencyMs: 900, ...who, ...more });
  }
  probe(capability: 'auth' | 'read' | 'upload', region: string, failing: number): void {
    const verdict = this.random() < failing ? 'bad' : 'good';
    const account = capability === 'upload' ? { accountId: `${region}${this.minute % 24}` } : {};
    this.see({ region, capability, source: 'probe', verdict, latencyMs: 100, ...account });
  }
  stateOf(region: string, capability: 'publish' | 'read' = 'publish'): string | undefined {
    return this.health.detectorOf('tiktok', region, capability)?.state;
  }
  see(signal: Partial<StoredSignal> & Pick<Signal, 'capability' | 'source' | 'verdict' | 'region'>): void {
    const at = plusMs(START, this.minute * 60_000 + Math.floor(this.random() * 50_000));
    const whole = { platform: 'tiktok', at, ...signal } as const;
    for (const { region, capability, transition } of this.health.take(whole))
      this.entered.push(`${region} ${capability} ${transition.to} ${transition.reason}`);
  }

  private usual(region: string): void {
    for (let i = 0; i < 4; i += 1) {
      this.probe('auth', region, 0.001);
      this.probe('read', region, 0.005);
    }
    this.probe('upload', region, 0.017);
    if (this.random() < 0.6) this.attempt(this.random() < 0.017 ? 'bad' : 'good', { region });
  }
}

describe('decoys', () => {
  const settled = () => new QuietDays().run(1_440);

  it('nothing is called ill in ten quiet days', () => {
    expect(new QuietDays().run(14_400).entered).toEqual([]);
  });

  it('a clump of failures of one workspace is not an outage, nor are its retries for hours', () => {
    const days = settled();
    for (let i = 0; i < 40; i += 1) days.attempt('bad', { workspaceId: 'w1', accountId: 'w1-a' });
    days.run(360, () => days.attempt('bad', { workspaceId: 'w1', accountId: 'w1-a' }));
    expect(days.entered).toEqual([]);
  });

  it('a burst of twenty times the usual posts, with the usual failures, is none', () => {
    const days = settled();
    days.run(600, (minute) => {
      if (minute % 60 !== 0) return;
      for (let i = 0; i < 700; i += 1) days.attempt(i % 57 === 31 ? 'bad' : i % 300 === 299 ? 'unknown' : 'good');
    });
    expect(days.entered).toEqual([]);
  });

  it('a platform that cannot be read can be posted to', () => {
    const days = settled();
    days.run(300, () => {
      for (let i = 0; i < 12; i += 1) days.probe('read', 'us', 0.95);
    });
    expect(days.stateOf('us', 'read')).not.toBe('healthy');
    expect(days.stateOf('us')).toBe('healthy');
  });

  it('three reads that fail within a minute are none: reads fail oftener than logins', () => {
    const days = settled();
    for (const failing of [1, 1, 1]) days.probe('read', 'us', failing);
    expect(days.entered).toEqual([]);
    for (let i = 0; i < 3; i += 1) days.probe('read', 'us', 1);
    expect(days.stateOf('us', 'read')).toBe('down');
  });

  it('one region is ill without the other', () => {
    const days = settled();
    days.run(30, () => {
      for (let i = 0; i < 4; i += 1) days.probe('upload', 'eu', 1);
    });
    expect([days.stateOf('us'), days.stateOf('eu')]).toEqual(['healthy', 'down']);
  });

  it('a clock that steps back or forth changes no verdict', () => {
    const days = settled();
    for (const ms of [90_000, -90_000]) {
      const at = plusMs(START, 1_440 * 60_000 + ms);
      for (let i = 0; i < 50; i += 1)
        days.see({ region: 'us', capability: 'auth', source: 'probe', verdict: 'good', at });
    }
    expect(days.run(60).entered).toEqual([]);
  });

  it('slow answers at the end of a burst are no trouble; a platform that is slow for all is degraded', () => {
    const days = settled();
    for (let i = 0; i < 400; i += 1) days.attempt('good', { latencyMs: i < 392 ? 900 : 60_000 });
    expect(days.entered).toEqual([]);
    for (let i = 0; i < 400; i += 1) days.attempt('good', { latencyMs: 120_000 });
    expect(days.stateOf('us')).toBe('degraded');
  });

  it('accepted posts that do not become live degrade a platform; the stragglers of a burst do not', () => {
    const days = settled();
    const look = (n: number, verdict: 'good' | 'unknown', minutes: number) =>
      days.see({
        region: 'us',
        capability: 'publish',
        source: 'stall',
        verdict,
        latencyMs: minutes * 60_000,
        workspaceId: `w${n % WORKSPACES}`,
        targetId: `s${n}`,
      });
    for (let n = 0; n < 400; n += 1) look(n, 'good', n % 100 === 99 ? 7 : 1);
    for (let n = 400; n < 404; n += 1) look(n, 'unknown', 60);
    expect(days.entered).toEqual([]);
    for (let n = 404; n < 500; n += 1) look(n, 'unknown', 60);
    expect(days.stateOf('us')).toBe('degraded');
  });

  it('a feed halves the limits and never speaks alone', () => {
    const red = { region: 'us', capability: 'publish', source: 'feed', verdict: 'bad', errorClass: 'feed:x' } as const;
    const days = settled();
    days.see(red);
    expect(days.run(100).entered).toEqual([]);
    const failuresOf = (advised: boolean) => {
      const run = settled();
      if (advised) run.see(red);
      let count = 0;
      for (; run.stateOf('us') === 'healthy' && count < 20; count += 1)
        run.attempt('bad', { workspaceId: `w${count}` });
      return count;
    };
    expect(failuresOf(true)).toBeLessThan(failuresOf(false));
    expect(failuresOf(true)).toBeGreaterThan(1);
  });
});
