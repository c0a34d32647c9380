import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { SIMULATED_PLATFORMS } from './platform-profiles.js';
import type { World } from './world.js';

const REGIONS = ['us', 'eu'] as const;
/** Probes come every 15 s around a change, where they decide something, and each other minute while something is ill. */
const DENSE_MS = 15 * SECOND_MS;
const DENSE_FOR_MS = 4 * MINUTE_MS;
const SPARSE_MS = 2 * MINUTE_MS;
const ASSESS_MS = SECOND_MS;

/** Probes and the assessment of all signals. */
export const planWatch = (world: World): void => {
  const edges = world.scenario.phases.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  for (const edge of edges)
    for (let atMs = edge; atMs < edge + DENSE_FOR_MS; atMs += DENSE_MS) world.queue.add(atMs, () => probe(world));
  const lastEdge = Math.max(0, ...edges);
  const again = () => {
    if (!world.health.isWell) probe(world);
    // What never gets better keeps its detector ill for ever: nobody is left to look at then.
    if (world.nowMs < lastEdge + 12 * HOUR_MS) world.after(SPARSE_MS * (world.health.isWell ? 5 : 1), again);
  };
  world.after(0, again);
};

const probe = (world: World): void => {
  for (const platform of SIMULATED_PLATFORMS)
    for (const region of REGIONS) {
      if (!world.platforms.phaseOf({ platform, region }, world.nowMs) && world.health.isWellOf(platform, region))
        continue;
      for (const capability of ['read', 'upload'] as const) {
        const verdict = world.platforms.probe({ platform, region }, capability, world.nowMs) ? 'good' : 'bad';
        const looked = { platform, region, capability, source: 'probe', verdict } as const;
        world.health.record([capability === 'upload' ? { ...looked, accountId: 'probe' } : looked], world.now());
      }
    }
  world.after(ASSESS_MS, () => assess(world));
};

/** Folds what was seen; a change may let held targets go. */
export const assess = (world: World): void => {
  const changes = world.health.assess(world.now());
  for (const change of changes) world.log(`health ${change}`);
  if (changes.length > 0) world.planTick();
};
