import { describe, expect, it } from '@jest/globals';
import type { HealthView } from '../../../health/index.js';
import { plusMs } from '../../../kernel/durations.js';
import { loadTiming } from '../../../routing/domain/load-spread.policy.js';
import { DEFAULT_ROUTE } from '../../../routing/domain/route.js';
import type { OwnLoad } from '../../domain/rerouting/failback.policy.js';
import type { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import type { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import type { Engine } from '../engine.js';
import { CatchUpTargets } from './catch-up-targets.js';
import type { GatherFacts } from './gather-facts.js';
import type { PlanCatchUp } from './plan-catch-up.js';

const now = new Date('2026-01-27T12:00:00Z');

interface Stage {
  readonly rows?: (limit: number, offset: number) => readonly object[];
  readonly facts?: readonly object[];
  readonly load?: OwnLoad;
}

const stage = ({ rows = () => [], facts = [], load }: Stage) => {
  const planned: string[] = [];
  const catchUp = new CatchUpTargets(
    { rerouted: (limit: number, offset: number) => Promise.resolve(rows(limit, offset)) } as unknown as WaitingTargets,
    { execute: () => Promise.resolve(facts) } as unknown as GatherFacts,
    { stateOf: () => ({ state: 'healthy', since: now }) } as unknown as HealthView,
    { own: () => Promise.resolve(new Map(load ? [['a', load]] : [])) } as unknown as FallbackLoads,
    { execute: ({ id }: { id: string }) => Promise.resolve(planned.push(id) > 0) } as unknown as PlanCatchUp,
    { now: () => now, settings: { routing: { load: loadTiming(1) } } } as unknown as Engine,
  );
  return { catchUp, planned };
};

const root = (id: string, staleInHours: number, isEvergreen = false) => ({
  target: { id, accountId: 'a', staleAt: plusMs(now, staleInHours * 3_600_000), scheduledAt: now, tries: 0 },
  account: { id: 'a', workspaceId: 'w', platform: 'tiktok', externalId: 'x', region: 'us', status: 'active' },
  route: DEFAULT_ROUTE,
  isEvergreen,
});

describe('CatchUpTargets', () => {
  it('walks on past a full page of roots that want no catch-up, and begins again at the end', async () => {
    const offsets: number[] = [];
    const { catchUp } = stage({
      rows: (limit, offset) => {
        offsets.push(offset);
        return Array.from({ length: offset === 0 ? limit : 1 }, (_, n) => ({ id: `t${n}` }));
      },
    });
    for (let run = 0; run < 3; run += 1) await catchUp.runOnce();
    expect(offsets).toEqual([0, 1_000, 0]);
  });

  it('gives an account one catch-up at a time: what gets stale first, then what is worth something only now', async () => {
    const facts = [root('late', 40), root('evergreen', 20, true), root('timely', 20)];
    const rows = () => facts.map(({ target }) => ({ ...target, movedAt: now, accountPublishes: true }));
    const idle = { usualHour: 6, lastHour: 0, nextHour: 0 };
    const first = stage({ rows, facts, load: idle });
    expect(await first.catchUp.runOnce()).toBe(1);
    expect(first.planned).toEqual(['timely']);
    const justNow = stage({ rows, facts, load: { ...idle, lastCatchUpAt: plusMs(now, -60_000) } });
    expect(await justNow.catchUp.runOnce()).toBe(0);
    const again = stage({ rows, facts, load: { ...idle, lastCatchUpAt: plusMs(now, -9 * 60_000) } });
    expect(await again.catchUp.runOnce()).toBe(1);
  });
});
