import { MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { catchUp, isHeldDue, leftovers, reconsider, sweep, takeOver, wantsCatchUp } from './duties.js';
import { reconcile } from './look-duty.js';
import type { SimulatedWorker } from './process.js';
import { START } from './start.js';
import type { World } from './world.js';

const SHORTEST_MS = 500;
const LONGEST_MS = 30 * MINUTE_MS;
const SWEEP_EVERY_MS = 10 * SECOND_MS;

/**
 * The workers' periodic duties. Production ticks every quarter of a second and mostly finds nothing; here a tick comes
 * when something is due, which changes nothing but the number of events.
 */
export class Ticks {
  private generation = 0;
  private nextMs = 0;
  private lastSweepMs = -Infinity;

  constructor(private readonly world: World) {}

  /** Something may have become due earlier than the next tick. */
  plan(): void {
    const { world } = this;
    const atMs = Math.min(Math.max(this.dueMs(), world.nowMs + SHORTEST_MS), world.nowMs + LONGEST_MS);
    if (this.nextMs > world.nowMs && this.nextMs <= atMs) return;
    this.nextMs = atMs;
    const generation = (this.generation += 1);
    world.queue.add(atMs, () => {
      if (generation === this.generation) this.run();
    });
  }

  private run(): void {
    const { world } = this;
    const worker = world.anyWorker();
    if (worker) this.startDuties(worker);
    // A second worker's tick at the same moment: everything must bear being done twice at once.
    const other = worker && world.random.chance(0.3) ? world.anyWorker() : undefined;
    if (other && other !== worker) this.startDuties(other);
    world.observer.onTick();
    this.plan();
  }

  private startDuties(worker: SimulatedWorker): void {
    const { world } = this;
    const targets = [...world.tables.targets.values()];
    const now = world.now();
    if (leftovers(world).length > 0) world.spawn(worker, 'takeover', takeOver(world, worker));
    if (targets.some(({ nextCheckAt }) => nextCheckAt && nextCheckAt <= now))
      world.spawn(worker, 'reconcile', reconcile(world, worker));
    if (targets.some((target) => isHeldDue(world, target)))
      world.spawn(worker, 'reconsider', reconsider(world, worker));
    if (targets.some((target) => wantsCatchUp(world, target))) world.spawn(worker, 'catch-up', catchUp(world));
    if (world.nowMs - this.lastSweepMs >= SWEEP_EVERY_MS && this.hasOverdue()) {
      this.lastSweepMs = world.nowMs;
      world.spawn(worker, 'sweep', sweep(world));
    }
  }

  private hasOverdue(): boolean {
    const { world } = this;
    const now = world.now();
    return [...world.tables.targets.values()].some(({ status, dueAt }) => status === 'scheduled' && dueAt <= now);
  }

  /** When the next duty has something to do, ms of the run. */
  private dueMs(): number {
    const { world } = this;
    let due = Infinity;
    for (const target of world.tables.targets.values()) {
      const { status, nextCheckAt, dueAt } = target;
      if (nextCheckAt) due = Math.min(due, nextCheckAt.getTime());
      if (status === 'scheduled') due = Math.min(due, dueAt.getTime() + 5 * SECOND_MS);
      else if (status === 'held') due = Math.min(due, isHeldDue(world, target) ? 0 : dueAt.getTime());
      else if (status === 'publishing') due = Math.min(due, world.now().getTime() + 20 * SECOND_MS);
      else if (status === 'rerouted' && wantsCatchUp(world, target)) due = 0;
    }
    if (due < world.now().getTime() && this.isOnlyLateEarlier()) due = world.now().getTime() + MINUTE_MS;
    return due - START.getTime();
  }

  /** Held targets whose earlier run is still open want nothing before it ends. */
  private isOnlyLateEarlier(): boolean {
    const { world } = this;
    const now = world.now();
    return [...world.tables.targets.values()].every(
      (target) =>
        (target.nextCheckAt === undefined || target.nextCheckAt > now) &&
        (target.status !== 'scheduled' || target.dueAt > now) &&
        (target.status !== 'held' || !isHeldDue(world, target)),
    );
  }
}
