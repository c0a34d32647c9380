import { SECOND_MS } from '../../kernel/durations.js';
import type { CommitOutcome, PrepareOutcome, ResumeToken } from '../../platforms/domain/publish-outcome.js';
import type { NotReady } from '../../publishing/domain/firing/call.policy.js';
import type { ArmedRef } from '../../publishing/domain/targets/target-record.js';
import type { MemoryTarget } from '../domain/memory-tables.js';
import { PROFILES } from './platform-profiles.js';
import { call, DatabaseAway, db, type SimulatedWorker, sleep, type Work } from './process.js';
import { settle } from './settle-duty.js';
import type { World } from './world.js';

interface Item {
  readonly armed: ArmedRef;
  readonly target: MemoryTarget;
}

type Preparation = { readonly kind: 'ready'; readonly resume: ResumeToken } | { readonly kind: 'lost' } | NotReady;

/** The calls of one target whose intent is committed: reversible work, then the one irreversible call. */
export function* publish(world: World, worker: SimulatedWorker, { armed, target }: Item): Work {
  const prepared = yield* preparedOrFault(world, worker, { armed, target });
  if (prepared.kind === 'lost') return;
  if (prepared.kind !== 'ready') return yield* settleNotReady(world, worker, armed, prepared);
  if (world.nowOf(worker) >= target.staleAt) return yield* settleNotReady(world, worker, armed, { kind: 'stale' });
  const { commitTimeoutMs } = PROFILES[world.accounts.simulatedAccount(target.accountId).platform];
  const abortedAtMs = world.nowMs + commitTimeoutMs;
  const longestMs = commitTimeoutMs + world.timing.callSlackMs;
  if (!(yield* db('begin call', () => world.journal.beginCall(armed, longestMs)))) return;
  const outcome = yield* commit(world, { armed, target, handle: prepared.resume.handle, abortedAtMs });
  const event = { kind: 'answered', outcome } as const;
  yield* settle(world, worker, { targetId: target.id, attemptId: armed.attemptId, actor: 'worker', event });
  worker.begun.delete(armed.attemptId);
}

function* settleNotReady(world: World, worker: SimulatedWorker, armed: ArmedRef, outcome: NotReady): Work {
  const event = { kind: 'not_ready', outcome } as const;
  yield* settle(world, worker, { targetId: armed.targetId, attemptId: armed.attemptId, actor: 'worker', event });
  worker.begun.delete(armed.attemptId);
}

/** A journal that cannot be written is our own fault, and nothing was sent. */
function* preparedOrFault(world: World, worker: SimulatedWorker, item: Item): Work<Preparation> {
  try {
    return yield* prepare(world, item);
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    return { kind: 'own_fault', detail: error.message };
  }
}

function* prepare(world: World, { armed, target }: Item): Work<Preparation> {
  const account = world.accounts.simulatedAccount(target.accountId);
  let resume = yield* db('inherited resume', () => world.journal.inheritedResume(target.id));
  let isRenewed = false;
  for (;;) {
    const way = { thereMs: world.random.int(5, 300), backMs: world.random.int(5, 4_000) };
    const from = resume;
    const step: PrepareOutcome = yield* call('prepare', way, () => world.platforms.prepare(account, world.nowMs, from));
    if (step.kind === 'unauthorised' && !step.reconnect && !isRenewed) {
      isRenewed = true;
      yield* sleep(world.random.int(50, 2_000));
      continue;
    }
    if (step.kind !== 'saved' && step.kind !== 'wait' && step.kind !== 'ready') return step;
    const { resume: token } = step;
    if (!(yield* db('save resume', () => world.journal.saveResume(armed, token)))) return { kind: 'lost' };
    resume = token;
    if (step.kind === 'ready') return { kind: 'ready', resume: token };
    if (step.kind === 'wait') yield* sleep(step.afterMs);
  }
}

/** The request may reach the platform up to 50 s after its socket was given up; its answer may never come. */
function* commit(
  world: World,
  { armed, target, handle, abortedAtMs }: Item & { handle: string; abortedAtMs: number },
): Work<CommitOutcome> {
  const unknown: CommitOutcome = { kind: 'unknown', detail: 'No answer.' };
  // A process that was stopped meanwhile finds its socket aborted before it has written a byte.
  if (world.nowMs >= abortedAtMs) return unknown;
  const isSlow = world.makesFaults && world.random.chance(world.scenario.faults.slowCall);
  const thereMs = isSlow ? abortedAtMs - world.nowMs + world.random.int(0, 50) * SECOND_MS : world.random.int(5, 800);
  const account = world.accounts.simulatedAccount(target.accountId);
  const request = { account, targetId: target.id, caption: target.content.caption, handle };
  const send = () => {
    world.observer.onCommit(armed, target);
    const { post, answer } = world.platforms.commit(request, world.nowMs);
    world.log(
      `${target.id} reaches ${account.id}: ${post ? `accepted ${post.id}` : 'no post'}, ${answer?.kind ?? 'lost'}`,
    );
    if (post) world.observer.onAccepted(post);
    return answer;
  };
  const sentMs = world.nowMs;
  const backMs = world.random.int(20, 5_000);
  const answer = yield* call('commit', { thereMs, backMs }, send);
  if (answer && sentMs + thereMs + backMs < abortedAtMs) return answer;
  if (world.nowMs < abortedAtMs) yield* sleep(abortedAtMs - world.nowMs);
  return unknown;
}
