import { DomainError } from '../../kernel/domain-error.js';
import { plusMs, SECOND_MS } from '../../kernel/durations.js';
import { type EngineEvent, stepFor } from '../../publishing/domain/engine.js';
import { settleForeignPost } from '../../publishing/domain/reconcile/reconcile.policy.js';
import type { Effect, Step } from '../../publishing/domain/targets/target-state.js';
import type { MemoryAttempt, MemoryTarget } from '../domain/memory-tables.js';
import { DatabaseAway, db, type SimulatedWorker, sleep, type Work } from './process.js';
import { decideTargets } from './routing-duty.js';
import { planWakeUp } from './wake-ups.js';
import type { World } from './world.js';

/** What is settled and who settles it. */
export interface Settlement {
  readonly targetId: string;
  readonly attemptId: string;
  readonly actor: string;
  readonly event: EngineEvent;
}

/** Settles even if the database is away: what we know must not be forgotten. */
export function* settle(world: World, worker: SimulatedWorker, settlement: Settlement): Work<Step | undefined> {
  for (let pauseMs = 200; ; pauseMs = Math.min(2 * pauseMs, 5 * SECOND_MS)) {
    try {
      return yield* db(`settle ${settlement.event.kind}`, () => settleNow(world, worker, settlement));
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
    }
    yield* sleep(pauseMs);
  }
}

/** One outcome: rows, history, effects and the next wake-up, all or nothing. */
export const settleNow = (world: World, worker: SimulatedWorker, settlement: Settlement): Step | undefined => {
  const context = world.contextOf(worker);
  const { targetId, attemptId, actor, event } = settlement;
  try {
    return world.tables.run(() =>
      write(world, { targetId, attemptId, actor }, (target, attempt) => stepFor({ target, attempt }, event, context)),
    );
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'target.post_owned')) throw error;
    return world.tables.run(() =>
      write(world, { targetId, attemptId, actor }, (target) => settleForeignPost(target, error.message, context)),
    );
  }
};

const write = (
  world: World,
  { targetId, attemptId, actor }: Omit<Settlement, 'event'>,
  decide: (target: MemoryTarget, attempt: MemoryAttempt) => Step | undefined,
): Step | undefined => {
  const target = world.journal.load(targetId);
  const attempt = world.tables.attempts.get(attemptId);
  const step = target && attempt && decide(target, attempt);
  if (!step) return undefined;
  world.log(`${targetId} ${target.status}->${step.target.status} ${step.cause} by ${actor}`);
  world.journal.apply({ target, attemptId, step, actor });
  for (const effect of step.effects) run(world, target, effect);
  if (step.target.status === 'scheduled') planWakeUp(world, targetId);
  return step;
};

const run = (world: World, target: MemoryTarget, effect: Effect): void => {
  if (effect.kind === 'signal') signal(world, target, effect);
  else if (effect.kind === 'cap_reported') world.accounts.reportCap(target.accountId, effect.until);
  else if (effect.kind === 'account_trouble') {
    if (effect.reason === 'reconnect') loseAccount(world, target.accountId);
  } else if (effect.kind === 'seek_replacement') seekReplacement(world, target.id, effect.because);
};

const signal = (world: World, target: MemoryTarget, effect: Extract<Effect, { kind: 'signal' }>): void => {
  const account = world.accounts.simulatedAccount(target.accountId);
  const { capability, verdict, ageMs } = effect;
  const source = ageMs === undefined ? 'attempt' : 'stall';
  const { platform, region, workspaceId } = account;
  world.health.record(
    [
      {
        platform,
        region,
        workspaceId,
        accountId: account.id,
        targetId: target.id,
        capability,
        verdict,
        source,
        latencyMs: ageMs,
      },
    ],
    world.now(),
  );
};

/** A person connects it again some time later. */
const loseAccount = (world: World, accountId: string): void => {
  world.accounts.setStatus(accountId, 'needs_reconnect');
  world.log(`${accountId} needs to be connected again`);
  world.after(world.random.int(10, 90) * 60 * SECOND_MS, () => world.accounts.setStatus(accountId, 'active'));
};

const seekReplacement = (world: World, targetId: string, because: 'unknown_outcome' | 'account' | 'rejected'): void => {
  if (because === 'rejected') return;
  const target = world.journal.load(targetId);
  if (!target || target.replacementCarries) return;
  const [decided] = decideTargets(world, [target], { trouble: because, now: world.now() });
  if (decided?.decision.kind !== 'reroute') return;
  try {
    replace(world, target, { accountId: decided.decision.accountId, role: 'reroute', notBefore: world.now() });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'target.account_taken')) throw error;
  }
};

/** A target that stands for another one. @throws DomainError `target.account_taken` */
export const replace = (
  world: World,
  origin: MemoryTarget,
  plan: { readonly accountId: string; readonly role: 'reroute' | 'catch_up'; readonly notBefore: Date },
): void => {
  const account = world.accounts.simulatedAccount(plan.accountId);
  const scheduledAt = origin.scheduledAt > plan.notBefore ? origin.scheduledAt : plan.notBefore;
  const id = `${origin.rootId}+${world.tables.nextNumber()}`;
  const { workspaceId, postId, occurrenceId, rootId, staleAt, zone, content } = origin;
  const same = { workspaceId, postId, occurrenceId, rootId, staleAt, zone, content };
  const { accountId, role } = plan;
  world.journal.insert({ ...same, id, accountId, role, platform: account.platform, scheduledAt }, 'router');
  world.log(`${id} stands for ${origin.id} on ${accountId} (${role}) at ${scheduledAt.toISOString()}`);
  if (role === 'reroute') world.journal.update(origin.id, { replacementId: id });
  planWakeUp(world, id);
};

/** Between two catch-ups of one account. */
export const CATCH_UP_SPACING_MS = 30 * SECOND_MS;
export const laterBy = (world: World, ms: number): Date => plusMs(world.now(), ms);
