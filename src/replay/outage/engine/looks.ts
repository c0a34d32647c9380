import { CREATED_SLACK_MS } from '../../../platforms/domain/caption-matching.js';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import { type Look, weighLook } from '../../../publishing/domain/reconcile/look.policy.js';
import type { Sighting } from '../../../publishing/domain/reconcile/reconcile.policy.js';
import type { MemoryAttempt, MemoryTarget } from '../../domain/memory-tables.js';
import type { CheckAnswer } from '../world/answers.js';
import type { Desk } from './desk.js';
import type { Settling } from './settling.js';

/** The handle tells the truth in a trace: a clean read without the post proves that it was never accepted. */
const RULE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

interface Item {
  readonly target: MemoryTarget;
  readonly attempt: MemoryAttempt;
}

/** Asks platforms what became of accepted and doubtful targets; only reads. */
export class Looks {
  constructor(
    private readonly desk: Desk,
    private readonly settling: Settling,
  ) {}

  look(id: string): void {
    const { stage, journal, tables } = this.desk;
    journal.leaseLook(id);
    const target = this.desk.target(id);
    const attempt = journal.openOf(id) ?? tables.attemptsOn(id).at(-1);
    if (!attempt) return;
    const account = stage.roster.get(target.accountId);
    const answer = stage.world.check(attempt.handle ?? '', account, stage.nowMs);
    stage.at(answer.atMs, () => this.weigh({ target, attempt }, answer));
  }

  /** A handle that is not known is looked for in the list too. */
  private weigh(item: Item, checked: CheckAnswer): void {
    if (checked.kind !== 'absent') return this.settle(item, { sighting: this.sightingOf(item, checked), rule: RULE });
    const { stage } = this.desk;
    const account = stage.roster.get(item.target.accountId);
    const begun = item.attempt.commitStartedAt ?? item.attempt.createdAt;
    const found = stage.world.find(account, stage.msOf(begun) - CREATED_SLACK_MS, stage.nowMs);
    const isListed = found.kind === 'listed' && found.handles.includes(item.attempt.handle ?? '');
    const listed: Sighting = isListed
      ? { kind: 'published', platformPostId: item.attempt.handle ?? '' }
      : { kind: found.kind === 'unavailable' ? 'unavailable' : 'absent' };
    const sighting = weighLook({ kind: 'absent' }, listed, RULE);
    stage.at(found.atMs, () => this.settle(item, { sighting, rule: RULE }));
  }

  private sightingOf({ attempt }: Item, checked: Exclude<CheckAnswer, { kind: 'absent' }>): Sighting {
    switch (checked.kind) {
      case 'published':
        return {
          kind: 'published',
          platformPostId: attempt.handle ?? '',
          publishedAt: this.desk.stage.dateAt(checked.liveMs),
        };
      case 'rejected':
        return { kind: 'rejected', category: 'platform_rejected' };
      case 'unavailable':
      case 'processing':
        return { kind: checked.kind };
      default:
        throw new Error('An absent handle is weighed with its list.');
    }
  }

  private settle({ target, attempt }: Item, look: Look): void {
    const event = { kind: 'looked', look } as const;
    const step = this.settling.settle({ targetId: target.id, attemptId: attempt.id, event });
    // What the look meant nothing to is looked at again when the lease is over.
    if (!step) this.desk.changed(target.id);
  }
}
