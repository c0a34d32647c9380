import { MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { DomainError } from '../../kernel/domain-error.js';
import { isOpen, type MemoryAttempt, type MemoryTarget } from '../domain/memory-tables.js';
import { applyDecision } from './fire-duty.js';
import { db, type SimulatedWorker, type Work } from './process.js';
import { decideTargets, healthOf, routedOf } from './routing-duty.js';
import { CATCH_UP_SPACING_MS, laterBy, replace, settle } from './settle-duty.js';
import { planWakeUp } from './wake-ups.js';
import type { World } from './world.js';

const LOST_AFTER_MS = 5 * SECOND_MS;
const FORGOTTEN_AFTER_MS = 30 * SECOND_MS;

interface Leftover {
  readonly attempt: MemoryAttempt;
  readonly hasIntent: boolean;
}

/** Finishes what workers left that are gone, or that lost sight of it. */
export function* takeOver(world: World, worker: SimulatedWorker): Work {
  const left = yield* db('find leftovers', () => leftovers(world));
  const idle = left.filter(({ hasIntent }) => !hasIntent).map(({ attempt }) => attempt.targetId);
  if (idle.length > 0) yield* db('release', () => release(world, idle));
  for (const { attempt, hasIntent } of left)
    if (hasIntent) {
      const { targetId, id } = attempt;
      yield* settle(world, worker, { targetId, attemptId: id, actor: 'takeover', event: { kind: 'left' } });
    }
}

export const leftovers = (world: World): readonly Leftover[] => {
  const found: Leftover[] = [];
  for (const target of world.tables.targets.values()) {
    const lease = world.tables.leases.get(target.id);
    if (!lease && target.status !== 'publishing') continue;
    const attempts = world.tables.attemptsOn(target.id);
    const leased = lease && attempts.find(({ fence }) => fence === lease.fence);
    if (lease && leased && (isGone(world, lease.workerId) || isForgotten(world, target, leased)))
      found.push({ attempt: leased, hasIntent: hasIntent(world, leased) });
    const intended = attempts.find(({ state }) => state === 'intended');
    if (intended && target.status === 'publishing' && isUnsettled(world, intended, lease !== undefined))
      found.push({ attempt: intended, hasIntent: true });
  }
  return found;
};

const isGone = (world: World, life: string): boolean => world.lives.get(life)?.isLost === true;

const hasIntent = (world: World, { targetId, version, fence }: MemoryAttempt): boolean =>
  world.tables.intentOf(targetId, version)?.fence === fence;

const isForgotten = (world: World, target: MemoryTarget, attempt: MemoryAttempt): boolean => {
  const since = Math.max(target.dueAt.getTime(), target.scheduledAt.getTime(), attempt.createdAt.getTime());
  return attempt.state === 'armed' && since < world.now().getTime() - FORGOTTEN_AFTER_MS;
};

const isUnsettled = (world: World, attempt: MemoryAttempt, isLeased: boolean): boolean => {
  const bornMs = attempt.createdAt.getTime();
  const endMs = isLeased ? (attempt.callDeadlineAt?.getTime() ?? bornMs + 60 * MINUTE_MS) : bornMs + MINUTE_MS;
  return endMs < world.now().getTime();
};

const release = (world: World, targetIds: readonly string[]): void =>
  world.tables.run(() => {
    const again = leftovers(world).filter(({ attempt, hasIntent: intended }) => !intended && attempt.state === 'armed');
    for (const { attempt } of again) {
      const id = attempt.targetId;
      if (!targetIds.includes(id)) continue;
      world.log(`${id} released`);
      world.tables.dropLease(id);
      world.tables.putAttempt({ ...attempt, state: 'abandoned', outcomeAt: world.now() });
      planWakeUp(world, id);
    }
  });

/** Wakes what is due and held by nobody; gives a new version to what was intended and can never be called. */
export function* sweep(world: World): Work {
  yield* db('sweep', () => {
    const before = world.now().getTime() - LOST_AFTER_MS;
    for (const target of [...world.tables.targets.values()]) {
      if (target.status !== 'scheduled' || target.dueAt.getTime() > before || world.tables.leases.has(target.id))
        continue;
      const isTaken = world.tables.intentOf(target.id, target.version) !== undefined;
      if (isTaken && world.tables.attemptsOn(target.id).some(({ state }) => isOpen(state))) continue;
      if (isTaken) world.journal.update(target.id, { version: target.version + 1 });
      world.log(`${target.id} ${isTaken ? 'revived' : 'woken again'}`);
      planWakeUp(world, target.id);
    }
  });
}

/** Whether a held target wants to be asked about now. */
export const isHeldDue = (world: World, target: MemoryTarget): boolean => {
  if (target.status !== 'held') return false;
  const now = world.now();
  if (target.holdReason === 'earlier_occurrence')
    return target.staleAt <= now || !world.tables.isPostOpen(target.postId, target.accountId);
  if (target.dueAt <= now) return true;
  const account = world.accounts.get(target.accountId);
  const state = account && healthOf(world)(account).state;
  return target.holdReason === 'platform' && state === 'healthy';
};

/** Asks routing again about held targets. */
export function* reconsider(world: World, worker: SimulatedWorker): Work {
  const decided = yield* db('reconsider', () => {
    const held = [...world.tables.targets.values()].filter((target) => isHeldDue(world, target));
    return decideTargets(world, held, { now: world.nowOf(worker) });
  });
  for (const { target, decision } of decided) {
    const ref = { targetId: target.id, version: target.version };
    yield* db('apply decision', () => applyDecision(world, worker, ref, decision));
  }
}

/** Rerouted origins that could go out at home after all. */
export const wantsCatchUp = (world: World, target: MemoryTarget): boolean => {
  if (target.status !== 'rerouted' || target.role !== 'origin' || target.staleAt <= world.now()) return false;
  const { route, account } = routedOf(world, target);
  if (route.failback !== 'catch_up' || account?.status !== 'active') return false;
  if (healthOf(world)(account).state !== 'healthy' || world.tables.isPostOpen(target.postId, target.accountId))
    return false;
  return ![...world.tables.targets.values()].some(
    (other) =>
      other.id !== target.id &&
      other.occurrenceId === target.occurrenceId &&
      other.accountId === target.accountId &&
      other.status !== 'cancelled',
  );
};

export function* catchUp(world: World): Work {
  const roots = yield* db('rerouted', () =>
    [...world.tables.targets.values()].filter((target) => wantsCatchUp(world, target)),
  );
  for (const items of Map.groupBy(roots, ({ accountId }) => accountId).values())
    for (const [index, origin] of items.entries())
      yield* db('catch up', () => planCatchUp(world, origin, index * CATCH_UP_SPACING_MS));
}

const planCatchUp = (world: World, origin: MemoryTarget, inMs: number): void => {
  try {
    const plan = { accountId: origin.accountId, role: 'catch_up', notBefore: laterBy(world, inMs) } as const;
    world.tables.run(() => replace(world, origin, plan));
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'target.account_taken')) throw error;
  }
};
