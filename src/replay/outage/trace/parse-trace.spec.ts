import { describe, expect, it } from '@jest/globals';
import { TINY, tinyText, tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { parseTrace } from './parse-trace.js';
import { TraceFault } from './trace-fault.js';

const faultOf = (text: string): { path: string; detail: string } => {
  try {
    parseTrace(text);
  } catch (error) {
    if (error instanceof TraceFault) return { path: error.path, detail: error.detail };
    throw error;
  }
  return { path: 'none', detail: '' };
};

type Change = Parameters<typeof tinyText>[0];
const phase = (more: object) => ({ fromMinute: 0, toMinute: 10, ...more });
const truth = (more: object) => ({ fromMinute: 0, toMinute: 10, capability: 'publish', state: 'down', ...more });

describe('a trace', () => {
  it('is read with its defaults', () => {
    const { policy, quota } = tinyTrace((trace) => {
      const { onAccountTrouble: _, holdForMinutes: __, ...rest } = trace.policy;
      trace.policy = rest as typeof trace.policy;
    });
    expect(policy).toMatchObject({ onAccountTrouble: 'reroute', holdForMinutes: 30 });
    expect(quota).toEqual({});
  });

  it('may carry remarks at any depth', () => {
    const text = tinyText((trace) => {
      Object.assign(trace, { 'x-author': { name: 'somebody' } });
      Object.assign(trace.platforms.tiktok.normal.upload, { 'x-source': 'guess' });
      Object.assign(trace.policy, { 'x-why': 1 });
    });
    expect(parseTrace(text)).toEqual(parseTrace(JSON.stringify(TINY)));
  });

  it.each<[string, string, Change]>([
    ['an unknown field', 'colour', (t) => Object.assign(t, { colour: 1 })],
    [
      'one in a rate table',
      'platforms.tiktok.normal.upload.errorrate',
      (t) => Object.assign(t.platforms.tiktok.normal.upload, { errorrate: 0 }),
    ],
    [
      'one in a phase',
      'platforms.reels.phases[0].read.lag',
      (t) => t.platforms.reels.phases.push(phase({ read: { lag: 1 } })),
    ],
    ['another format', 'format', (t) => Object.assign(t, { format: 'outage-trace/2' })],
    [
      'a rate above 1',
      'platforms.tiktok.normal.auth.errorRate',
      (t) => (t.platforms.tiktok.normal.auth.errorRate = 1.1),
    ],
    [
      'a median of 0',
      'platforms.tiktok.normal.upload.latencyMs.p50',
      (t) => (t.platforms.tiktok.normal.upload.latencyMs.p50 = 0),
    ],
    [
      'a p95 below the median',
      'platforms.tiktok.normal.process.delaySeconds.p95',
      (t) => (t.platforms.tiktok.normal.process.delaySeconds.p95 = 39),
    ],
    [
      'a phase that ends before it begins',
      'platforms.tiktok.phases[0].toMinute',
      (t) => t.platforms.tiktok.phases.push({ fromMinute: 5, toMinute: 5 }),
    ],
    ['an unknown reaction', 'policy.onDown', (t) => Object.assign(t.policy, { onDown: 'panic' })],
    [
      'an unknown counter mode',
      'platforms.tiktok.phases[0].counters',
      (t) => t.platforms.tiktok.phases.push(phase({ counters: 'off' })),
    ],
    [
      'an account that is none',
      'accountFaults[0].account',
      (t) => t.accountFaults.push({ ...phase({}), platform: 'tiktok', account: 2, kind: 'banned' }),
    ],
    [
      'a workspace that is none',
      'accountFaults[0].workspace',
      (t) => t.accountFaults.push({ ...phase({}), platform: 'tiktok', workspace: 2, kind: 'banned' }),
    ],
    [
      'a fault of nobody',
      'accountFaults[0]',
      (t) => t.accountFaults.push({ ...phase({}), platform: 'tiktok', kind: 'banned' }),
    ],
    [
      'posts for a platform that is none',
      'workload.targetsPerPost.vine',
      (t) => Object.assign(t.workload.targetsPerPost, { vine: 1 }),
    ],
    ['an unknown local fault', 'localFaults[0].kind', (t) => t.localFaults.push({ ...phase({}), kind: 'fire' })],
  ])('with %s is refused at its path', (_, path, change) => {
    expect(faultOf(tinyText(change)).path).toBe(path);
  });

  it('that is no JSON is refused', () => {
    expect(faultOf('{')).toMatchObject({ path: '' });
  });
});

describe('rates', () => {
  const high = { upload: { errorRate: 0.6, timeoutRate: 0.3 } };

  it('may sum up to 1, rounding left aside', () => {
    const text = tinyText((t) =>
      t.platforms.tiktok.phases.push(phase({ upload: { errorRate: 0.7, timeoutRate: 0.2, acceptedLostRate: 0.1 } })),
    );
    expect(faultOf(text).path).toBe('none');
  });

  it('are summed after merging, at every instant and in every region', () => {
    const change: Change = (t) => {
      Object.assign(t.regions, { us: 0.5, eu: 0.5 });
      t.platforms.tiktok.phases.push(phase(high), {
        fromMinute: 9,
        toMinute: 20,
        regions: ['eu'],
        upload: { acceptedLostRate: 0.2 },
      });
    };
    const { path, detail } = faultOf(tinyText(change));
    expect(path).toBe('platforms.tiktok.phases[1].upload');
    expect(detail).toContain('at minute 9 in eu');
  });

  it('do not meet where phases do not', () => {
    const text = tinyText((t) => {
      Object.assign(t.regions, { us: 0.5, eu: 0.5 });
      t.platforms.tiktok.phases.push(
        phase({ ...high, regions: ['us'] }),
        phase({ upload: { acceptedLostRate: 0.2 }, regions: ['eu'] }),
      );
    });
    expect(faultOf(text).path).toBe('none');
  });

  it('of normal are at fault themselves', () => {
    const text = tinyText((t) => Object.assign(t.platforms.reels.normal.upload, { errorRate: 0.9, timeoutRate: 0.2 }));
    expect(faultOf(text).path).toBe('platforms.reels.normal.upload');
  });
});

describe('truth', () => {
  it('must not overlap for one platform, capability and region', () => {
    const text = tinyText((t) =>
      t.platforms.tiktok.truth.push(truth({}), truth({ fromMinute: 9, toMinute: 12, regions: ['us'] })),
    );
    expect(faultOf(text).path).toBe('platforms.tiktok.truth[1]');
  });

  it('may adjoin, or differ in capability or region', () => {
    const text = tinyText((t) => {
      Object.assign(t.regions, { us: 0.5, eu: 0.5 });
      t.platforms.tiktok.truth.push(
        truth({ regions: ['us'] }),
        truth({ regions: ['eu'] }),
        truth({ capability: 'read' }),
        truth({ fromMinute: 10, toMinute: 12, state: 'degraded' }),
      );
    });
    expect(faultOf(text).path).toBe('none');
  });
});
