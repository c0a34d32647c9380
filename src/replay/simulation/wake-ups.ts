import { SECOND_MS } from '../../kernel/durations.js';
import { START } from './start.js';
import type { World } from './world.js';

/** A worker takes a wake-up so long before its target is due. */
const AHEAD_MS = 30 * SECOND_MS;

/** Plans a wake-up of a target as it is now; like a queue, it may lose one or deliver it twice. */
export const planWakeUp = (world: World, targetId: string): void => {
  const target = world.tables.targets.get(targetId);
  if (target?.status !== 'scheduled') return;
  const { wakeUpLost, wakeUpDoubled } = world.scenario.faults;
  const { version } = target;
  const inMs = target.dueAt.getTime() - START.getTime() - AHEAD_MS - world.nowMs;
  if (world.makesFaults && world.random.chance(wakeUpLost)) return;
  world.after(inMs, () => deliver(world, { targetId, version }));
  if (world.makesFaults && world.random.chance(wakeUpDoubled))
    world.after(inMs + world.random.int(0, 40_000), () => deliver(world, { targetId, version }));
};

const deliver = (world: World, ref: { readonly targetId: string; readonly version: number }): void => {
  const worker = world.anyWorker();
  // Nobody fetches: the sweep finds it later, as it finds a lost one.
  if (worker) world.pump(worker, ref);
};
