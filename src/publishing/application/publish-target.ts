import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RefreshCredentials, TokenVault } from '../../accounts/index.js';
import { MediaLibrary } from '../../library/index.js';
import { Clock } from '../../kernel/clock.port.js';
import type { Platform, PlatformContext } from '../../platforms/domain/platform.port.js';
import type { PublishContent } from '../../platforms/domain/publish-content.js';
import type { CommitOutcome, PrepareOutcome, ResumeToken } from '../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../platforms/index.js';
import { AttemptJournal } from '../domain/firing.port.js';
import { settleCommit, settlePrepare } from '../domain/outcome.policy.js';
import { draftOf } from '../domain/frozen-content.js';
import type { ArmedRef, TargetRecord } from '../domain/target-record.js';
import { PublishingSettings } from '../publishing-settings.js';
import { PersistentSettle } from './persistent-settle.js';

/** Reversible work may take this long in all; then the try ends as not sent. */
const PREPARE_TIMEOUT_MS = 15 * 60_000;

type PrepareFailure = Exclude<PrepareOutcome, { kind: 'saved' | 'wait' | 'ready' }>;

/** The calls of one target whose intent is committed: prepare step by step, then the one irreversible call. */
@Injectable()
export class PublishTarget {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly vault: TokenVault,
    private readonly refresh: RefreshCredentials,
    private readonly media: MediaLibrary,
    private readonly journal: AttemptJournal,
    private readonly settle: PersistentSettle,
    private readonly clock: Clock,
    private readonly settings: PublishingSettings,
  ) {}

  async execute(target: TargetRecord, armed: ArmedRef): Promise<void> {
    const platform = this.platforms.get(target.platform);
    const content = await this.contentOf(target);
    const prepared = await this.prepare(platform, target, armed, content);
    if (prepared === 'lost') return;
    if (prepared.kind !== 'ready') return this.settlePreparation(target, armed, prepared);
    const { commitTimeoutMs } = platform.capabilities();
    const signal = AbortSignal.timeout(commitTimeoutMs);
    const context = await this.contextOf(target, signal);
    if (!context) return this.settlePreparation(target, armed, NO_CREDENTIALS);
    // The last look before the write: no lease, no call.
    if (!(await this.journal.beginCall(armed, commitTimeoutMs))) return;
    const startedAt = this.clock.now().getTime();
    const outcome = await platform.commit(context, content, prepared.resume).catch(asUnknown);
    await this.settleCall(target, armed, outcome, this.clock.now().getTime() - startedAt);
  }

  private async prepare(platform: Platform, target: TargetRecord, armed: ArmedRef, content: PublishContent) {
    const signal = AbortSignal.timeout(PREPARE_TIMEOUT_MS);
    let resume: ResumeToken | undefined = await this.journal.inheritedResume(target.id);
    let refreshed = false;
    for (;;) {
      const context = await this.contextOf(target, signal);
      if (!context) return NO_CREDENTIALS;
      const step = await platform.prepare(context, content, resume).catch(asUnavailable);
      if (step.kind === 'unauthorised' && !step.reconnect && !refreshed) {
        refreshed = true;
        const renewed = await this.refresh.execute(target.accountId, context.tokenVersion);
        if (renewed === 'refreshed' || renewed === 'moved') continue;
        return step;
      }
      if (step.kind !== 'saved' && step.kind !== 'wait' && step.kind !== 'ready') return step;
      if (!(await this.journal.saveResume(armed, step.resume))) return 'lost';
      if (step.kind === 'ready') return step;
      resume = step.resume;
      if (step.kind === 'wait')
        await pause(this.settings.waitMs(step.afterMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return TOO_SLOW;
    }
  }

  private async contextOf(target: TargetRecord, signal: AbortSignal) {
    const access = await this.vault.contextOf(target.accountId);
    return access && { accountId: target.accountId, ...access, signal };
  }

  private async contentOf(target: TargetRecord): Promise<PublishContent> {
    const media = await this.media.publishMedia(target.workspaceId, target.content.media.id);
    // The marker stays the same over all tries of a target, so that every try builds the same thing.
    return { ...draftOf(target.content), media, marker: target.id, scheduledAt: target.scheduledAt };
  }

  private settlePreparation(target: TargetRecord, armed: ArmedRef, outcome: PrepareFailure): Promise<void> {
    return this.settle.execute({
      targetId: target.id,
      attemptId: armed.attemptId,
      actor: 'worker',
      decide: (current, attempt, context) =>
        attempt.state === 'intended' ? settlePrepare(current, outcome, context) : undefined,
    });
  }

  /** After a takeover only good news still counts: the doubt is the reconciler's. */
  private settleCall(target: TargetRecord, armed: ArmedRef, outcome: CommitOutcome, latencyMs: number): Promise<void> {
    return this.settle.execute({
      targetId: target.id,
      attemptId: armed.attemptId,
      actor: 'worker',
      latencyMs,
      decide: (current, attempt, context) => {
        const mine = attempt.state === 'intended' && current.status === 'publishing';
        const lateTruth = attempt.state === 'unknown' && outcome.kind === 'published';
        return mine || lateTruth ? settleCommit(current, outcome, context) : undefined;
      },
    });
  }
}

const NO_CREDENTIALS: PrepareFailure = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'The account has no credentials. Connect it again.',
};

const TOO_SLOW: PrepareFailure = { kind: 'unavailable', detail: 'The platform did not get ready in time.' };

/** An adapter that throws is a bug; what it was doing decides how it counts. */
const asUnknown = (error: unknown): CommitOutcome => ({ kind: 'unknown', detail: String(error) });
const asUnavailable = (error: unknown): PrepareOutcome => ({ kind: 'unavailable', detail: String(error) });
