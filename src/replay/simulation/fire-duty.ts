import { SECOND_MS } from '../../kernel/durations.js';
import { waitForEarlierStep } from '../../publishing/domain/rerouting/decision.policy.js';
import type { ArmedRef, TargetRef } from '../../publishing/domain/targets/target-record.js';
import type { RouteDecision } from '../../routing/domain/route-decision.js';
import { stepFor } from '../../publishing/domain/engine.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { MemoryTarget } from '../domain/memory-tables.js';
import { DatabaseAway, db, type Life, type SimulatedWorker, sleep, type Work } from './process.js';
import { publish } from './publish-duty.js';
import { decideTargets } from './routing-duty.js';
import { replace } from './settle-duty.js';
import { planWakeUp } from './wake-ups.js';
import type { World } from './world.js';

interface Armed {
  readonly armed: ArmedRef;
  readonly target: MemoryTarget;
}

/** Takes targets ahead of time, and fires them when they are due by this worker's clock. */
export function* armAndHold(world: World, worker: SimulatedWorker, refs: readonly TargetRef[]): Work {
  // A broken presence begins a new life before anything is taken; what the old one armed is left to the others.
  if (worker.life.isLost) worker.life = world.newLife();
  const life = worker.life;
  const { armed, blocked } = yield* db('arm', () => world.journal.arm(life.id, refs));
  for (const ref of blocked) yield* db('hold for earlier', () => waitForEarlier(world, worker, ref));
  const items = yield* db('load armed', () =>
    armed.flatMap((ref) => {
      const target = world.journal.load(ref.targetId);
      return target ? [{ armed: ref, target }] : [];
    }),
  );
  for (const item of items) world.spawn(worker, `fire ${item.target.id}`, holdAndFire(world, worker, { item, life }));
}

function* holdAndFire(world: World, worker: SimulatedWorker, { item, life }: { item: Armed; life: Life }): Work {
  const dueMs = Math.max(item.target.dueAt.getTime(), item.target.scheduledAt.getTime());
  let waitMs = dueMs - world.nowOf(worker).getTime();
  for (;;) {
    if (waitMs > 0) yield* sleep(waitMs);
    // After a broken presence the leases are a dead worker's: the takeover has them.
    if (worker.life !== life) return;
    try {
      if ((yield* fire(world, worker, item)) === 'done') return;
      waitMs = 1_000;
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      waitMs = SECOND_MS;
    }
  }
}

function* fire(world: World, worker: SimulatedWorker, item: Armed): Work<'done' | 'early'> {
  const { armed } = item;
  const decision = yield* db('decide', () => {
    const target = world.journal.load(armed.targetId) ?? item.target;
    return decideTargets(world, [target], { now: world.nowOf(worker) })[0]?.decision;
  });
  if (worker.begun.has(armed.attemptId)) return 'done';
  if (decision?.kind === 'publish') {
    if (yield* intendAndStart(world, worker, item)) return 'done';
  } else if (decision && (yield* db('apply decision', () => applyDecision(world, worker, armed, decision))))
    return 'done';
  return yield* db('left over', () => leftOver(world, worker, item));
}

function* intendAndStart(world: World, worker: SimulatedWorker, item: Armed): Work<boolean> {
  const { armed, target } = item;
  if (world.bugs.intentAfterCall) {
    worker.begun.add(armed.attemptId);
    world.spawn(worker, `call ${target.id}`, publish(world, worker, item));
  }
  const won = yield* db('intend', () => world.journal.intend([armed]));
  const [marked] = won.length === 0 ? [] : yield* db('mark', () => world.journal.markPublishing(won));
  if (!marked || worker.begun.has(armed.attemptId)) return marked !== undefined;
  worker.begun.add(armed.attemptId);
  world.log(`${target.id} fired by ${worker.name}`);
  world.spawn(worker, `call ${target.id}`, publish(world, worker, item));
  return true;
}

/** Early ones wait; the rest lost their version, and what still waits of them is woken by the sweep. */
const leftOver = (world: World, worker: SimulatedWorker, { armed }: Armed): 'done' | 'early' => {
  const current = world.journal.load(armed.targetId);
  const waits = current?.status === 'scheduled' && current.version === armed.version;
  const now = world.nowOf(worker);
  if (waits && (current.dueAt > now || current.scheduledAt > now)) return 'early';
  world.journal.disarm([armed]);
  return 'done';
};

const waitForEarlier = (world: World, worker: SimulatedWorker, ref: TargetRef): void =>
  world.tables.run(() => {
    const target = world.journal.load(ref.targetId);
    if (target?.status !== 'scheduled' || target.version !== ref.version) return;
    if (!world.journal.takeVersion(ref, 'hold')) return;
    world.log(`${target.id} waits for an earlier run`);
    world.journal.apply({ target, step: waitForEarlierStep(target, world.contextOf(worker)), actor: 'worker' });
  });

/** Turns what routing decided for a waiting target into rows. @returns false when it has changed meanwhile */
export const applyDecision = (
  world: World,
  worker: SimulatedWorker,
  ref: TargetRef,
  decision: RouteDecision,
): boolean => {
  try {
    return world.tables.run(() => {
      const target = world.journal.load(ref.targetId);
      if (!target || target.version !== ref.version) return false;
      const step = stepFor({ target }, { kind: 'decided', decision }, world.contextOf(worker));
      if (!step) return false;
      const stays = target.status === 'held' && step.target.status === 'held';
      const by = decision.kind === 'reroute' ? 'reroute' : 'hold';
      if (!stays && !world.journal.takeVersion({ targetId: target.id, version: target.version }, by)) return false;
      if (!stays) world.log(`${target.id} ${target.status}->${step.target.status} ${decision.reasons[0]?.code}`);
      world.journal.apply({ target, step, actor: 'router' });
      if (decision.kind === 'reroute')
        replace(world, target, { accountId: decision.accountId, role: 'reroute', notBefore: world.now() });
      if (step.target.status === 'scheduled') planWakeUp(world, target.id);
      return true;
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'target.account_taken') return false;
    throw error;
  }
};
