import { SECOND_MS } from '../../../kernel/durations.js';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import type { NotReady } from '../../../publishing/domain/firing/call.policy.js';
import type { ArmedRef } from '../../../publishing/domain/targets/target-record.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import type { TryAnswer } from '../world/answers.js';
import { type Desk, SUSPECT_WAIT_MS } from './desk.js';
import type { RetryPlaces } from './retry-places.js';
import type { RoutingDesk } from './routing-desk.js';
import type { Settling } from './settling.js';
import type { Waiting } from './waiting.js';

const WORKER = 'replay';
/** A call is aborted after this and may run on for the slack. */
const CALL_TIMEOUT_MS = 30 * SECOND_MS;

/** Due targets: decided together, journalled, then called. */
export class Firing {
  constructor(
    private readonly desk: Desk,
    private readonly router: RoutingDesk,
    private readonly waiting: Waiting,
    private readonly settling: Settling,
    private readonly retries: RetryPlaces,
  ) {}

  fire(ids: readonly string[]): void {
    const nowMs = this.desk.stage.nowMs;
    const due = [...new Set(ids)]
      .map((id) => this.desk.target(id))
      .filter(({ status, dueAt }) => status === 'scheduled' && this.desk.stage.msOf(dueAt) <= nowMs);
    if (due.length === 0) return;
    if (this.desk.health.isSelfSuspect()) {
      for (const { id } of due) this.desk.again(id, SUSPECT_WAIT_MS);
      return;
    }
    for (const { target, decision } of this.router.decide(due))
      if (decision.kind === 'publish') this.begin(target);
      else this.waiting.apply(target, decision);
  }

  private begin(target: MemoryTarget): void {
    const { journal } = this.desk;
    this.desk.letThrough.delete(target.id);
    const ref = { targetId: target.id, version: target.version };
    const { armed } = journal.arm(WORKER, [ref]);
    const [won] = journal.markPublishing(journal.intend(armed));
    if (!won) return this.waiting.behindEarlier(target);
    const barred = this.barred(target);
    if (barred) this.settling.settle({ ...keysOf(won), event: { kind: 'not_ready', outcome: barred } });
    else this.call(target, won);
  }

  /** The last look before the call (`call-gate.ts`): retries share their platform's budget. */
  private barred(target: MemoryTarget): NotReady | undefined {
    const { stage, health } = this.desk;
    const { platform } = target;
    if (target.tries === 0) {
      this.retries.firstTry(platform, stage.nowMs);
      return undefined;
    }
    const { state } = health.stateOf(stage.roster.get(target.accountId));
    const afterMs = this.retries.take(platform, stage.nowMs, { state, jitter: this.desk.jitter(target)() });
    return afterMs === undefined ? undefined : { kind: 'over_budget', afterMs };
  }

  private call(target: MemoryTarget, armed: ArmedRef): void {
    const { stage, journal, timing } = this.desk;
    const beganMs = stage.nowMs;
    const account = stage.roster.get(target.accountId);
    stage.record.calls.push({ account, atMs: beganMs });
    const handle = armed.attemptId;
    const root = stage.roster.get(this.desk.tables.targets.get(target.rootId)?.accountId ?? account.id);
    const answer = stage.world.publish({ account, root, post: Number(target.occurrenceId), handle }, beganMs);
    if (isCommitted(answer)) {
      journal.saveResume(armed, { handle });
      journal.beginCall(armed, CALL_TIMEOUT_MS + timing.callSlackMs);
    }
    stage.at(answer.atMs, () => {
      const event = isCommitted(answer)
        ? ({ kind: 'answered', outcome: outcomeOf(answer) } as const)
        : ({ kind: 'not_ready', outcome: this.notReady(answer) } as const);
      this.settling.settle({ ...keysOf(armed), event, latencyMs: stage.nowMs - beganMs });
    });
  }

  private notReady(answer: Exclude<TryAnswer, Committed>): NotReady {
    switch (answer.kind) {
      case 'throttled':
        return { kind: 'throttled', retryAt: this.desk.stage.dateAt(answer.retryAtMs), scope: 'account' };
      case 'unauthorised':
        return { kind: 'unauthorised', reconnect: true };
      case 'unavailable':
        return {
          kind: 'unavailable',
          detail: answer.cause === 'network' ? 'Nothing was reached.' : 'The platform failed.',
        };
    }
  }
}

type Committed = Extract<TryAnswer, { kind: 'processing' | 'unknown' }>;

const isCommitted = (answer: TryAnswer): answer is Committed =>
  answer.kind === 'processing' || answer.kind === 'unknown';

const outcomeOf = ({ kind }: Committed): CommitOutcome =>
  kind === 'processing' ? { kind } : { kind, detail: 'No answer in time.' };

const keysOf = ({ targetId, attemptId }: ArmedRef) => ({ targetId, attemptId });
