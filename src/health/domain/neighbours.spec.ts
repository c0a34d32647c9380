import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { detectorConfig } from './detector-config.js';
import { HealthFold } from './health-fold.js';
import type { StoredSignal } from './keyed.js';

const START = new Date('2026-01-25T12:00:00Z');
const MINUTE = 60_000;

/** Upload probes of one platform in two regions that were well for a day. */
class TwoRegions {
  readonly health = new HealthFold(detectorConfig(1));
  readonly reasons: string[] = [];
  private nowMs = 0;

  constructor() {
    for (let i = 0; i < 1_500; i += 1) this.after(MINUTE).probe('us', 'good').probe('eu', 'good');
  }

  after(ms: number): this {
    this.nowMs += ms;
    return this;
  }
  probe(region: string, verdict: 'good' | 'bad', more: Partial<StoredSignal> = {}): this {
    const accountId = `${region}${Math.floor(this.nowMs / MINUTE) % 24}`;
    const at = plusMs(START, this.nowMs);
    const who = { platform: 'tiktok', region, accountId } as const;
    const changes = this.health.take({ ...who, capability: 'upload', source: 'probe', verdict, at, ...more });
    for (const { region: where, transition } of changes) this.reasons.push(`${where}: ${transition.reason}`);
    return this;
  }
  fall(region: string): this {
    this.failuresTo(region);
    return this;
  }
  stateOf(region: string): string | undefined {
    return this.health.detectorOf('tiktok', region, 'publish')?.state;
  }
  /** Failures in a row until it is down. */
  failuresTo(region: string): number {
    let count = 0;
    for (; this.stateOf(region) !== 'down' && count < 20; count += 1) this.after(MINUTE).probe(region, 'bad');
    return count;
  }
}

describe('a platform that falls in one region', () => {
  const alone = new TwoRegions().failuresTo('eu');

  it('is down elsewhere by fewer failures, and says why', () => {
    const regions = new TwoRegions().fall('us');
    expect(regions.failuresTo('eu')).toBeLessThan(alone);
    expect(regions.reasons.at(-1)).toMatch(/^eu: .*it fell in us too/);
  });

  it('falls at once where as much has failed already', () => {
    const regions = new TwoRegions();
    for (let i = 0; i < 3; i += 1) regions.after(MINUTE).probe('eu', 'bad');
    expect(regions.stateOf('eu')).not.toBe('down');
    regions.fall('us');
    expect(regions.stateOf('eu')).toBe('down');
  });

  it('is not down elsewhere by two failures, nor before anything failed there', () => {
    const regions = new TwoRegions().fall('us');
    expect(regions.stateOf('eu')).toBe('healthy');
    regions.after(MINUTE).probe('eu', 'bad').after(MINUTE).probe('eu', 'bad');
    expect(regions.stateOf('eu')).toBe('healthy');
  });

  it('is down elsewhere by fewer failures only where most fails', () => {
    const regions = new TwoRegions().fall('us');
    const verdicts = ['bad', 'good', 'bad', 'good', 'good', 'bad'] as const;
    for (const verdict of verdicts) regions.after(MINUTE / 2).probe('eu', verdict);
    expect(regions.stateOf('eu')).not.toBe('down');
  });

  it('is judged elsewhere as ever after five minutes', () => {
    const regions = new TwoRegions().fall('us');
    for (let i = 0; i < 6; i += 1) regions.after(MINUTE).probe('eu', 'good');
    expect(regions.failuresTo('eu')).toBe(alone);
  });

  it('says nothing of other platforms', () => {
    const regions = new TwoRegions();
    for (let i = 0; i < 3; i += 1) regions.after(MINUTE).probe('eu', 'bad', { platform: 'reels' });
    regions.fall('us');
    expect(regions.health.detectorOf('reels', 'eu', 'publish')?.neighbour).toBeNull();
  });
});
