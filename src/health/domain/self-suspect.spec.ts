import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { detectorConfig } from './detector-config.js';
import { HealthFold } from './health-fold.js';
import type { StoredSignal } from './keyed.js';
import { reviveSelf } from './self-suspect.js';
import { NEUTRAL } from './signal.js';

const START = new Date('2026-01-25T12:00:00Z');

class Connection {
  readonly health = new HealthFold(detectorConfig(1));
  private nowMs = 0;

  after(ms: number): this {
    this.nowMs += ms;
    return this;
  }
  neutral(verdict: 'good' | 'bad'): this {
    return this.take({ platform: NEUTRAL, region: '', capability: 'read', verdict });
  }
  look(platform: 'tiktok' | 'reels', verdict: 'good' | 'bad', more: Partial<StoredSignal> = {}): this {
    return this.take({ platform, region: 'us', capability: 'auth', verdict, ...more });
  }
  stateOf(platform: string): string | undefined {
    return this.health.detectorOf(platform, 'us', 'publish')?.state;
  }
  private take(signal: Omit<StoredSignal, 'at' | 'source'>): this {
    this.health.take({ source: 'probe', ...signal, at: plusMs(START, this.nowMs) });
    return this;
  }
}

/** Both platforms and the neutral endpoint fail. */
const cutOff = () => {
  const run = new Connection().neutral('good').look('tiktok', 'good').look('reels', 'good');
  for (let i = 0; i < 8; i += 1) run.after(1_000).look('tiktok', 'bad').look('reels', 'bad');
  return run.after(1_000).neutral('bad');
};

describe('doubt in ourselves', () => {
  it('comes when the neutral endpoint and two platforms fail, and nobody is blamed', () => {
    const run = cutOff();
    expect(run.health.isSelfSuspect).toBe(true);
    for (let i = 0; i < 20; i += 1) run.after(5_000).look('tiktok', 'bad').look('reels', 'bad').neutral('bad');
    expect([run.stateOf('tiktok'), run.stateOf('reels')]).toEqual(['healthy', 'healthy']);
  });

  it('ends when the neutral endpoint answers; what began before counts for nothing', () => {
    const run = cutOff().after(60_000).neutral('good');
    expect(run.health.isSelfSuspect).toBe(false);
    for (let i = 0; i < 8; i += 1) run.after(1_000).look('tiktok', 'bad', { latencyMs: 30_000 }).look('reels', 'good');
    expect(run.stateOf('tiktok')).toBe('healthy');
    for (let i = 0; i < 8; i += 1) run.after(10_000).neutral('good').look('tiktok', 'bad').look('reels', 'good');
    expect(run.stateOf('tiktok')).toBe('down');
  });

  it('does not come from one platform, nor while the neutral endpoint answers', () => {
    const one = new Connection().neutral('good');
    for (let i = 0; i < 8; i += 1) one.after(1_000).look('tiktok', 'bad').look('reels', 'good');
    one.neutral('bad');
    expect(one.health.isSelfSuspect).toBe(false);
    expect(one.stateOf('tiktok')).toBe('down');
    const both = new Connection().neutral('good');
    for (let i = 0; i < 8; i += 1) both.after(1_000).look('tiktok', 'bad').look('reels', 'bad').neutral('good');
    expect(both.health.isSelfSuspect).toBe(false);
    expect([both.stateOf('tiktok'), both.stateOf('reels')]).toEqual(['down', 'down']);
  });

  it('holds failures back until anybody answers a call of the same time, then counts them', () => {
    const run = new Connection().neutral('good').look('reels', 'good');
    for (let i = 0; i < 6; i += 1) run.after(1_000).look('tiktok', 'bad');
    expect(run.stateOf('tiktok')).toBeUndefined();
    run.look('reels', 'good', { latencyMs: 20_000 });
    expect(run.stateOf('tiktok')).toBeUndefined();
    run.look('reels', 'good');
    expect(run.stateOf('tiktok')).toBe('down');
  });

  it('does not hold back a probe that was asked while somebody else was answered: only its time-out made it late', () => {
    const held = (latencyMs: number) => {
      const run = new Connection()
        .neutral('good')
        .look('reels', 'good')
        .after(5_000)
        .look('tiktok', 'bad', { latencyMs });
      return run.health.self.held.length;
    };
    expect([held(5_000), held(4_000)]).toEqual([0, 1]);
    const run = new Connection();
    for (let i = 0; i < 3; i += 1)
      run.neutral('good').after(5_000).look('tiktok', 'bad', { latencyMs: 5_000 }).after(10_000);
    expect(run.stateOf('tiktok')).toBe('down');
  });

  it('is off where nobody looks at a neutral endpoint', () => {
    const run = new Connection();
    for (let i = 0; i < 6; i += 1) run.after(1_000).look('tiktok', 'bad').look('reels', 'bad');
    expect([run.stateOf('tiktok'), run.stateOf('reels')]).toEqual(['down', 'down']);
  });

  it('survives storage as JSON', () => {
    const { health } = new Connection().neutral('good').after(1_000).look('tiktok', 'bad');
    expect(health.self.held).toHaveLength(1);
    expect(reviveSelf(JSON.parse(JSON.stringify(health.self)) as typeof health.self)).toEqual(health.self);
    expect(reviveSelf({})).toMatchObject({ held: [], suspectSinceMs: null });
  });
});
