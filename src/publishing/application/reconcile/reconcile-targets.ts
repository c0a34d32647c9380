import { Injectable } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import { CREATED_SLACK_MS, matchCandidates } from '../../../platforms/domain/caption-matching.js';
import type { Platform } from '../../../platforms/domain/platform.port.js';
import type { CheckOutcome, FoundPost, ResumeToken } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { type Look, settleLook, weighLook } from '../../domain/reconcile/look.policy.js';
import type { Sighting } from '../../domain/reconcile/reconcile.policy.js';
import { type CheckDue, Reconciliation } from '../../domain/reconcile/reconciliation.port.js';
import { PersistentSettle } from '../firing/persistent-settle.js';
import { type AccountContext, PlatformAccess } from '../firing/platform-access.js';

const BATCH = 50;
/** A look and its settlement take less; after it another worker may look. */
const LOOK_LEASE_MS = 120_000;
/** One read's longest time. */
const READ_TIMEOUT_MS = 30_000;

/** Asks platforms what became of accepted and doubtful targets; only reads. */
@Injectable()
export class ReconcileTargets {
  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly journal: AttemptJournal,
    private readonly settle: PersistentSettle,
  ) {}

  /** @returns how many targets were looked at */
  async runOnce(): Promise<number> {
    const due = await this.reconciliation.claim(BATCH, LOOK_LEASE_MS);
    // A look that fails was logged by what failed; the others' answers still count.
    await Promise.allSettled(due.map((item) => this.look(item)));
    return due.length;
  }

  private async look(item: CheckDue): Promise<void> {
    const look = await this.sight(item).catch((error): Look => ({
      sighting: { kind: 'unavailable', detail: String(error) },
      rule: this.platforms.get(item.target.platform).absenceRule,
    }));
    await this.settle.execute({
      targetId: item.target.id,
      attemptId: item.attempt.id,
      actor: 'reconciler',
      decide: (target, attempt, context) => settleLook(target, attempt, look, context),
    });
  }

  private async sight({ target, attempt }: CheckDue): Promise<Look> {
    const platform = this.platforms.get(target.platform);
    const context = await this.access.contextOf(target.accountId, AbortSignal.timeout(READ_TIMEOUT_MS));
    const resume = await this.journal.resumeOf(attempt.id);
    if (!context || !resume) return { sighting: NOTHING_TO_ASK_WITH, rule: platform.absenceRule };
    const rule = platform.absenceRuleOf(resume);
    const checked = await this.check(platform, context, resume);
    if (checked.kind !== 'inconclusive' && checked.kind !== 'absent') return { sighting: checked, rule };
    const found = await this.search(platform, context, { target, attempt });
    return { sighting: weighLook(checked, found, rule), rule };
  }

  /** An expired token while looking is the look's business: refresh and look again, never publish again. */
  private async check(platform: Platform, context: AccountContext, resume: ResumeToken): Promise<CheckOutcome> {
    const checked = await platform.check(context, resume).catch(asUnavailable);
    if (checked.kind !== 'unauthorised') return checked;
    const renewed = await this.access.renewed(context);
    return renewed ? platform.check(renewed, resume).catch(asUnavailable) : checked;
  }

  private async search(
    platform: Platform,
    context: AccountContext,
    { target, attempt }: CheckDue,
  ): Promise<Sighting | 'unsupported'> {
    const committedAt = attempt.commitStartedAt ?? attempt.createdAt;
    const { caption, media } = target.content;
    const fingerprint = { caption, durationMs: media.durationMs, marker: target.id };
    const found = await platform.find(context, fingerprint, plusMs(committedAt, -CREATED_SLACK_MS));
    if (found.kind === 'unsupported') return 'unsupported';
    if (found.kind !== 'listed') return found;
    const takenIds = new Set(await this.reconciliation.ownedPostIds(target.accountId, target.id));
    return sightingOf(matchCandidates(found.posts, { ...fingerprint, committedAt, takenIds }));
  }
}

const NOTHING_TO_ASK_WITH: Sighting = { kind: 'unavailable', detail: 'No credentials or no handle to ask with.' };

const sightingOf = (candidates: readonly FoundPost[]): Sighting => {
  const [only, ...more] = candidates;
  if (!only) return { kind: 'absent' };
  if (more.length > 0) return { kind: 'ambiguous', candidates: candidates.map((post) => post.platformPostId) };
  return {
    kind: 'published',
    platformPostId: only.platformPostId,
    publishedAt: only.createdAt,
    ...(only.permalink === undefined ? {} : { permalink: only.permalink }),
  };
};

const asUnavailable = (error: unknown): CheckOutcome => ({ kind: 'unavailable', detail: String(error) });
