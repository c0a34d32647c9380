import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountAccess } from '../../accounts/index.js';
import { plusMs } from '../../kernel/durations.js';
import type { Platform, PlatformContext } from '../../platforms/domain/platform.port.js';
import type { Capability } from '../../platforms/domain/platform-name.js';
import type { ProbeOutcome } from '../../platforms/domain/publish-outcome.js';
import { detectorConfig } from '../domain/detector-config.js';
import { type ProbeAccount, type ProbeTiming, probeTiming } from '../domain/probe-budget.js';
import type { ProbeSources } from '../domain/probe-sources.port.js';
import type { Signal } from '../domain/signal.js';
import { HealthSettings } from '../health-settings.js';
import { ProbePlatforms } from './probe-platforms.js';

const START = new Date('2026-01-25T12:00:00Z');

describe('ProbePlatforms', () => {
  let now: Date;
  let asked: { capability: Capability; accountId?: string }[];
  let recorded: Signal[];
  let accounts: ProbeAccount[];
  let answer: (capability: Capability) => Promise<ProbeOutcome>;
  let lastLook: Date | undefined;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    now = START;
    asked = [];
    recorded = [];
    accounts = [{ accountId: 'a', region: 'us' }];
    answer = () => Promise.resolve({ kind: 'good', latencyMs: 12 });
    lastLook = undefined;
  });

  const probesWith = (timing: ProbeTiming = probeTiming(15, true, 1)) => {
    const platform = {
      probe: (capability: Capability, ctx?: PlatformContext) => {
        asked.push({ capability, ...(ctx ? { accountId: ctx.accountId } : {}) });
        return answer(capability);
      },
    } as unknown as Platform;
    const sources: ProbeSources = {
      accounts: () => Promise.resolve(accounts),
      lastLook: () => Promise.resolve(lastLook),
    };
    const access: AccountAccess = { region: 'us', externalId: 'x', credentials: {}, tokenVersion: 1 };
    return new ProbePlatforms(
      { get: () => platform, all: () => [platform] },
      sources,
      { contextOf: (id: string) => Promise.resolve(id === 'erased' ? undefined : access) },
      {
        record: (signals) => Promise.resolve(void recorded.push(...signals)),
        prepareDays: () => Promise.resolve(),
        purge: () => Promise.resolve(0),
      },
      { now: () => now },
      new HealthSettings(detectorConfig(1), timing, () => 0.5),
    );
  };
  const names = () => asked.map(({ capability }) => capability);
  const bad = (): Promise<ProbeOutcome> => Promise.resolve({ kind: 'bad', latencyMs: 5_000 });

  it('looks at token endpoint and reading without an account, and at uploading with one', async () => {
    expect(await probesWith().runOnce('tiktok')).toBe(3);
    expect(asked).toEqual([{ capability: 'auth' }, { capability: 'read' }, { capability: 'upload', accountId: 'a' }]);
    expect(recorded[2]).toEqual({
      platform: 'tiktok',
      region: 'us',
      capability: 'upload',
      accountId: 'a',
      source: 'probe',
      verdict: 'good',
      latencyMs: 12,
    });
  });

  it('asks once for all regions and records for each', async () => {
    accounts = [
      { accountId: 'a', region: 'us' },
      { accountId: 'b', region: 'eu' },
    ];
    await probesWith().runOnce('tiktok');
    expect(names().filter((name) => name === 'auth')).toHaveLength(1);
    expect(recorded.filter(({ capability }) => capability === 'auth').map(({ region }) => region)).toEqual([
      'us',
      'eu',
    ]);
  });

  it('asks nothing where nobody publishes, when switched off, and before its time', async () => {
    accounts = [];
    await probesWith().runOnce('tiktok');
    expect(asked).toEqual([]);
    accounts = [{ accountId: 'a', region: 'us' }];
    await probesWith(probeTiming(15, false, 1)).runOnce('tiktok');
    expect(asked).toEqual([]);
    const probes = probesWith();
    await probes.runOnce('tiktok');
    now = plusMs(START, 14_999);
    expect(await probes.runOnce('tiktok')).toBe(0);
    now = plusMs(START, 15_000);
    expect(await probes.runOnce('tiktok')).toBe(3);
  });

  it('leaves it to another process that has just looked', async () => {
    lastLook = START;
    expect(await probesWith().runOnce('tiktok')).toBe(0);
  });

  it('follows a first bad probe with three quick ones, not more', async () => {
    answer = bad;
    const probes = probesWith();
    const at: number[] = [];
    for (let second = 0; second <= 60; second += 1) {
      now = plusMs(START, second * 1_000);
      if ((await probes.runOnce('tiktok')) > 0) at.push(second);
    }
    expect(at).toEqual([0, 5, 10, 15, 30, 45, 60]);
    expect(recorded[0]).toMatchObject({ verdict: 'bad', errorClass: 'platform' });
  });

  it('takes silence for a failure and a thrown error or an erased account for nothing', async () => {
    accounts = [{ accountId: 'erased', region: 'us' }];
    answer = (capability) =>
      capability === 'auth' ? new Promise(() => undefined) : Promise.reject(new Error('our own bug'));
    const hasty = { ...probeTiming(15, true, 1), timeoutMs: 20 };
    expect(await probesWith(hasty).runOnce('tiktok')).toBe(1);
    expect(recorded[0]).toMatchObject({ capability: 'auth', verdict: 'bad', latencyMs: 20 });
  });
});
