import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { assess, type StoredSignal } from './assessment.js';
import { detectorConfig } from './detector-config.js';

const START = new Date('2026-01-25T12:00:00Z');
const config = detectorConfig(1);
const probe = (verdict: 'good' | 'bad', atMs: number, more: Partial<StoredSignal> = {}): StoredSignal => ({
  platform: 'tiktok',
  region: 'us',
  capability: 'auth',
  source: 'probe',
  verdict,
  at: plusMs(START, atMs),
  ...more,
});
const badProbes = (more: Partial<StoredSignal> = {}) => [0, 1, 2, 3].map((second) => probe('bad', second * 1000, more));

describe('assess', () => {
  it('judges each platform, region and capability by itself', () => {
    const signals = [...badProbes(), probe('good', 0, { region: 'eu' }), ...badProbes({ capability: 'read' })];
    const { changed, transitions } = assess([], signals, plusMs(START, 5_000), config);
    const states = changed.map(({ region, capability, detector }) => `${region} ${capability} ${detector.state}`);
    expect(states).toEqual(['us publish down', 'eu publish healthy', 'us read down']);
    expect(transitions.map(({ capability, transition }) => `${capability} ${transition.to}`)).toEqual([
      'publish down',
      'read down',
    ]);
  });

  it('takes auth, upload and publish as evidence for one thing, and counters for a badge of their own', () => {
    const signals = (['auth', 'upload', 'publish'] as const).map((capability, second) =>
      probe('bad', second * 1000, { capability }),
    );
    expect(assess([], signals, undefined, config).changed[0]?.detector.state).toBe('down');
    const reads = Array.from({ length: 40 }, (_, i) =>
      probe('bad', i * 180_000, { capability: 'counters', source: 'attempt', targetId: `t${i}` }),
    );
    const { changed, transitions } = assess([], reads, undefined, config);
    expect(changed.map(({ capability }) => capability)).toEqual(['counters']);
    expect(transitions.map(({ transition }) => transition.to)).toEqual(['degraded']);
  });

  it('gives the same whether the signals come at once or one by one', () => {
    const signals = [...badProbes(), ...Array.from({ length: 60 }, (_, i) => probe('good', 10_000 + i * 15_000))];
    const atOnce = assess([], signals, undefined, config);
    let known: ReturnType<typeof assess>['changed'] = [];
    const transitions = signals.flatMap((signal) => {
      const step = assess(known, [signal], undefined, config);
      known = step.changed;
      return step.transitions;
    });
    expect(known).toEqual(atOnce.changed);
    expect(transitions).toEqual(atOnce.transitions);
  });

  it('changes nothing when nothing came and no time rule is due', () => {
    const { changed } = assess([], badProbes(), plusMs(START, 3_000), config);
    expect(assess(changed, [], plusMs(START, 4_000), config)).toEqual({ changed: [], transitions: [] });
  });
});
