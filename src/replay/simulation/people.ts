import { MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { CANCELLED, cancelMoveOf, GIVEN_UP, retriedByHand } from '../../publishing/domain/targets/by-hand.policy.js';
import type { MemoryTarget } from '../domain/memory-tables.js';
import type { HandMove } from './scenario.js';
import { planWakeUp } from './wake-ups.js';
import type { World } from './world.js';

/** What people do meanwhile: cancel, edit, pause, resume, retry; each passes the arbiter as the API does. */
export const planMoves = (world: World): void => {
  for (const move of world.scenario.moves) world.queue.add(move.atMs, () => make(world, move));
};

const make = (world: World, move: HandMove): void => {
  if (world.nowMs < world.databaseAwayUntilMs) return;
  const targets = [...world.tables.targets.values()];
  const target = targets[move.index % targets.length];
  if (!target) return;
  if (move.kind === 'pause') pause(world, target.accountId);
  else if (move.kind === 'resume') resume(world, target.accountId);
  else world.tables.run(() => onTarget(world, target, move.kind));
  world.observer.afterEvent();
};

const onTarget = (world: World, target: MemoryTarget, kind: HandMove['kind']): void => {
  if (kind === 'cancel') cancel(world, target);
  else if (kind === 'edit') edit(world, target);
  else retry(world, target);
};

const cancel = (world: World, target: MemoryTarget): void => {
  const move = cancelMoveOf(target.status);
  if (move === 'give_up') {
    const attemptId = world.journal.openOf(target.id)?.id;
    world.journal.apply({ target, step: GIVEN_UP, actor: 'person', attemptId });
  } else if (move === 'take_version' && world.journal.takeVersion(target2ref(target), 'cancel')) {
    world.journal.apply({ target, step: CANCELLED, actor: 'person' });
    world.observer.onCancelled(target.id);
    world.log(`${target.id} cancelled by a person`);
  }
};

const edit = (world: World, target: MemoryTarget): void => {
  if (target.status !== 'scheduled' && target.status !== 'held') return;
  if (!world.journal.takeVersion(target2ref(target), 'edit')) return;
  world.journal.update(target.id, { version: target.version + 1 });
  world.log(`${target.id} edited`);
  planWakeUp(world, target.id);
};

const retry = (world: World, target: MemoryTarget): void => {
  if (target.status !== 'failed' && target.status !== 'missed') return;
  const now = world.now();
  world.journal.apply({ target, step: retriedByHand(now), actor: 'person' });
  const staleAt = new Date(Math.max(target.staleAt.getTime(), now.getTime() + 60 * MINUTE_MS));
  world.journal.update(target.id, { staleAt });
  world.log(`${target.id} retried by a person`);
  planWakeUp(world, target.id);
};

const pause = (world: World, accountId: string): void => {
  if (world.accounts.get(accountId)?.status !== 'active') return;
  world.accounts.setStatus(accountId, 'paused');
  world.log(`${accountId} paused`);
  world.after(world.random.int(60, 7_200) * SECOND_MS, () => resume(world, accountId));
};

const resume = (world: World, accountId: string): void => {
  if (world.accounts.get(accountId)?.status === 'paused') world.accounts.setStatus(accountId, 'active');
};

const target2ref = ({ id, version }: MemoryTarget) => ({ targetId: id, version });
