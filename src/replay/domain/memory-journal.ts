import { plusMs } from '../../kernel/durations.js';
import type { ResumeToken } from '../../platforms/domain/publish-outcome.js';
import { applyAttempt, applyTarget } from '../../publishing/domain/engine.js';
import type { ArmedRef, TargetRef } from '../../publishing/domain/targets/target-record.js';
import type { Step } from '../../publishing/domain/targets/target-state.js';
import { assertCanBecome, type TargetStatus } from '../../publishing/domain/targets/target-status.js';
import {
  isOpen,
  type MemoryAttempt,
  type MemoryIntent,
  type MemoryLease,
  type MemoryTables,
  type MemoryTarget,
} from './memory-tables.js';

const GONE_WITHOUT_COPY: readonly TargetStatus[] = ['failed', 'missed', 'cancelled'];

/** A look takes less. */
const LOOK_LEASE_MS = 120_000;

/** Seeded bugs: each must be caught by the checker. */
export interface JournalBugs {
  /** A call begins whatever became of the lease. */
  readonly noFence?: boolean;
  /** A call begins before its attempt is marked. */
  readonly anyState?: boolean;
}

/**
 * The statements of `firing.repository`, `attempt-journal.repository` and `target-store.repository`, with the same
 * outcomes at the same races. Each method is one transaction, or part of the one around it.
 */
export class MemoryJournal {
  /** Rows never change in place, and most are read thousands of times. */
  private readonly loaded = new WeakMap<MemoryTarget, MemoryTarget>();

  /** @param now the database's clock */
  constructor(
    readonly tables: MemoryTables,
    private readonly now: () => Date,
    private readonly bugs: JournalBugs = {},
  ) {}

  insert(
    target: Omit<MemoryTarget, 'version' | 'status' | 'dueAt' | 'tries' | 'checks' | 'late'>,
    actor: string,
  ): void {
    const row = {
      version: 1,
      status: 'scheduled',
      dueAt: target.scheduledAt,
      tries: 0,
      checks: 0,
      late: false,
    } as const;
    this.tables.putTarget({ ...target, ...row });
    this.tables.putEvent(target.id, { from: undefined, to: 'scheduled', cause: 'scheduled', actor, at: this.now() });
  }

  /** A target as the engine reads it. */
  load(targetId: string): MemoryTarget | undefined {
    const row = this.tables.targets.get(targetId);
    if (row?.replacementId === undefined) return row;
    const replacement = this.tables.targets.get(row.replacementId);
    const replacementCarries = !!replacement && !GONE_WITHOUT_COPY.includes(replacement.status);
    const known = this.loaded.get(row);
    if (known?.replacementCarries === replacementCarries) return known;
    const target = { ...row, replacementCarries };
    this.loaded.set(row, target);
    return target;
  }

  arm(workerId: string, refs: readonly TargetRef[]): { armed: readonly ArmedRef[]; blocked: readonly TargetRef[] } {
    return this.tables.run(() => {
      const armed: ArmedRef[] = [];
      const blocked: TargetRef[] = [];
      for (const ref of refs) {
        const target = this.tables.targets.get(ref.targetId);
        if (target?.status !== 'scheduled' || target.version !== ref.version) continue;
        const fence = String(this.tables.nextNumber());
        if (!this.tables.putLease(ref.targetId, { fence, workerId })) continue;
        const attempt = this.newAttempt(target, { fence, workerId });
        if (this.tables.putAttempt(attempt)) armed.push({ ...ref, attemptId: attempt.id, fence });
        else {
          this.tables.dropLease(ref.targetId);
          blocked.push(ref);
        }
      }
      return { armed, blocked };
    });
  }

  /** @returns those that won, now or before */
  intend(armed: readonly ArmedRef[]): readonly ArmedRef[] {
    return this.tables.run(() => armed.filter((ref) => this.isIntended(ref) || this.writesIntent(ref)));
  }

  markPublishing(armed: readonly ArmedRef[]): readonly ArmedRef[] {
    return this.tables.run(() => armed.filter((ref) => this.marks(ref)));
  }

  disarm(armed: readonly ArmedRef[]): void {
    this.tables.run(() => {
      for (const ref of armed) {
        const attempt = this.tables.attempts.get(ref.attemptId);
        if (attempt?.state !== 'armed') continue;
        this.tables.putAttempt({ ...attempt, state: 'abandoned', outcomeAt: this.now() });
        this.tables.dropLease(ref.targetId, attempt.fence);
      }
    });
  }

  saveResume(ref: ArmedRef, resume: ResumeToken): boolean {
    const attempt = this.leased(ref);
    if (!attempt || (!this.bugs.noFence && attempt.state !== 'armed' && attempt.state !== 'intended')) return false;
    return this.tables.putAttempt({ ...attempt, handle: resume.handle, resume });
  }

  /** @returns false when the lease is lost: then the call must not be made */
  beginCall(ref: ArmedRef, longestMs: number): boolean {
    const attempt = this.leased(ref);
    if (!attempt) return false;
    const isOurs = attempt.state === 'intended' && !attempt.commitStartedAt;
    if (!isOurs && !this.bugs.noFence && !this.bugs.anyState) return false;
    const callDeadlineAt = plusMs(this.now(), longestMs);
    return this.tables.putAttempt({ ...attempt, commitStartedAt: this.now(), callDeadlineAt });
  }

  /** The token an earlier, disproved attempt left, unless the words were edited since. */
  inheritedResume(targetId: string): ResumeToken | undefined {
    const last = this.tables.attemptsOn(targetId).findLast((attempt) => {
      const version = this.tables.targets.get(targetId)?.version ?? 0;
      const later = Array.from({ length: version - attempt.version }, (_, index) => attempt.version + 1 + index);
      return attempt.resume && !later.some((v) => this.tables.intentOf(targetId, v)?.takenBy === 'edit');
    });
    return last?.state === 'disproved' ? last.resume : undefined;
  }

  openOf(targetId: string): MemoryAttempt | undefined {
    return this.tables.attemptsOn(targetId).findLast(({ state }) => isOpen(state));
  }

  /** Takes a version for something else than its call; abandons what was armed for it. @returns false: too late */
  takeVersion(ref: TargetRef, takenBy: Exclude<MemoryIntent['takenBy'], 'publish'>): boolean {
    return this.tables.run(() => {
      if (!this.tables.putIntent(ref.targetId, ref.version, { fence: '0', at: this.now(), takenBy })) return false;
      for (const attempt of this.tables.attemptsOn(ref.targetId))
        if (attempt.state === 'armed')
          this.tables.putAttempt({ ...attempt, state: 'abandoned', outcomeAt: this.now() });
      this.tables.dropLease(ref.targetId);
      return true;
    });
  }

  /** @throws DomainError `target.bad_transition`, `target.account_taken`, `target.post_owned` */
  apply(change: { target: MemoryTarget; attemptId?: string | undefined; step: Step; actor: string }): void {
    const { target, attemptId, step, actor } = change;
    this.tables.run(() => {
      const [from, to] = [target.status, step.target.status];
      if (from !== to) assertCanBecome(from, to, attemptId !== undefined);
      const row = this.tables.targets.get(target.id);
      if (row) this.tables.putTarget(applyTarget(row, step.target));
      if (from !== to) this.tables.putEvent(target.id, { from, to, cause: step.cause, actor, at: this.now() });
      const attempt = attemptId === undefined ? undefined : this.tables.attempts.get(attemptId);
      if (!attempt || !step.attempt) return;
      this.tables.putAttempt(applyAttempt(attempt, step.attempt, this.now()));
      this.tables.dropLease(target.id);
    });
  }

  /** Changes of the row that are no step: a new version after an edit, a replacement's id, a later end of freshness. */
  update(targetId: string, change: Partial<Pick<MemoryTarget, 'version' | 'replacementId' | 'staleAt'>>): void {
    const row = this.tables.targets.get(targetId);
    if (row) this.tables.putTarget({ ...row, ...change });
  }

  /** Until its lease is over nobody else looks. */
  leaseLook(targetId: string): void {
    const row = this.tables.targets.get(targetId);
    if (row) this.tables.putTarget({ ...row, nextCheckAt: plusMs(this.now(), LOOK_LEASE_MS) });
  }

  private newAttempt(target: MemoryTarget, { fence, workerId }: MemoryLease): MemoryAttempt {
    const no = this.tables.attemptsOn(target.id).length + 1;
    return {
      id: `${target.id}#${no}`,
      targetId: target.id,
      postId: target.postId,
      accountId: target.accountId,
      no,
      version: target.version,
      fence,
      workerId,
      state: 'armed',
      absentReads: 0,
      createdAt: this.now(),
    };
  }

  private leased({ attemptId, targetId, fence }: ArmedRef): MemoryAttempt | undefined {
    const attempt = this.tables.attempts.get(attemptId);
    if (this.bugs.noFence) return attempt;
    return attempt?.fence === fence && this.tables.leases.get(targetId)?.fence === fence ? attempt : undefined;
  }

  private isIntended({ targetId, version, fence }: ArmedRef): boolean {
    return this.tables.intentOf(targetId, version)?.fence === fence;
  }

  private writesIntent({ targetId, version, fence }: ArmedRef): boolean {
    const target = this.tables.targets.get(targetId);
    const now = this.now();
    if (target?.status !== 'scheduled' || target.version !== version) return false;
    if (target.dueAt > now || target.scheduledAt > now) return false;
    if (this.tables.leases.get(targetId)?.fence !== fence) return false;
    return this.tables.putIntent(targetId, version, { fence, at: now, takenBy: 'publish' });
  }

  private marks(ref: ArmedRef): boolean {
    const attempt = this.tables.attempts.get(ref.attemptId);
    const target = this.tables.targets.get(ref.targetId);
    if (!attempt || target?.version !== attempt.version) return false;
    if (attempt.state === 'armed' && target.status === 'scheduled') {
      const step: Step = { cause: 'due', target: { status: 'publishing' }, effects: [] };
      this.apply({ target, step, actor: 'worker' });
      return this.tables.putAttempt({ ...attempt, state: 'intended' });
    }
    // Marked by us before, when the answer got lost on its way; its call has not begun.
    return (
      attempt.state === 'intended' && !attempt.commitStartedAt && !!this.leased(ref) && target.status === 'publishing'
    );
  }
}
