import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { MediaLibrary } from '../../../library/index.js';
import { isHandOffIdentity } from '../../../platforms/domain/hand-off-mode.js';
import type { Platform } from '../../../platforms/domain/platform.port.js';
import type { PublishContent } from '../../../platforms/domain/publish-content.js';
import type { PrepareOutcome, ResumeToken } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import type { PrepareFailure } from '../../domain/firing/outcome.policy.js';
import { chooseVideo, draftOf, type Judge } from '../../domain/targets/frozen-content.js';
import type { ArmedRef, TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';
import { type Barred, CallGate } from './call-gate.js';
import { type AccountContext, PlatformAccess } from './platform-access.js';

/** Reversible work may take this long in all; then the try ends as not sent. */
const PREPARE_TIMEOUT_MS = 15 * MINUTE_MS;

/** Ready for the irreversible call, or why not. `lost`: the lease is gone, say nothing. */
export type Preparation =
  | {
      readonly kind: 'ready';
      readonly platform: Platform;
      readonly content: PublishContent;
      readonly context: AccountContext;
      readonly resume: ResumeToken;
    }
  | { readonly kind: 'lost' }
  /** A person posts to this account: no call is made. */
  | { readonly kind: 'by_hand' }
  /** It got stale while it waited for its turn. */
  | { readonly kind: 'stale' }
  | Barred
  | PrepareFailure;

/** Drives an adapter's reversible work step by step; every token is stored before the next step. */
@Injectable()
export class PrepareTarget {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly media: MediaLibrary,
    private readonly access: PlatformAccess,
    private readonly journal: AttemptJournal,
    private readonly engine: Engine,
    private readonly gate: CallGate,
  ) {}

  async execute(target: TargetRecord, armed: ArmedRef): Promise<Preparation> {
    if (this.engine.now() >= target.staleAt) return { kind: 'stale' };
    const platform = this.platforms.get(target.platform);
    const content = await this.contentOf(target);
    const signal = AbortSignal.timeout(PREPARE_TIMEOUT_MS);
    let context = await this.access.contextOf(target.accountId, signal);
    if (context && isHandOffIdentity(context.externalId)) return { kind: 'by_hand' };
    const barred = context && (await this.gate.ask(target, context.region));
    if (barred) return barred;
    let resume = await this.journal.inheritedResume(target.id);
    let isRenewed = false;
    while (context) {
      const step = await platform.prepare(context, content, resume).catch(asUnavailable);
      if (step.kind === 'unauthorised' && !step.reconnect && !isRenewed) {
        isRenewed = true;
        context = await this.access.renewed(context);
        if (!context) return step;
        continue;
      }
      if (step.kind !== 'saved' && step.kind !== 'wait' && step.kind !== 'ready') return step;
      if (!(await this.journal.saveResume(armed, step.resume))) return { kind: 'lost' };
      resume = step.resume;
      if (step.kind === 'ready') return { kind: 'ready', platform, content, context, resume };
      if (step.kind === 'wait') await this.wait(step.afterMs, signal);
      if (signal.aborted) return TOO_SLOW;
    }
    return NO_CREDENTIALS;
  }

  private async contentOf(target: TargetRecord): Promise<PublishContent> {
    const judge: Judge = (name, draft) => this.platforms.get(name).validate(draft);
    const video = chooseVideo(target.content, target.platform, judge);
    const media = await this.media.publishMedia(target.workspaceId, video.id);
    // The marker stays the same over all tries of a target, so that every try builds the same thing.
    const { scheduledAt, staleAt } = target;
    return { ...draftOf(target.content), media, marker: target.id, scheduledAt, staleAt };
  }

  private async wait(afterMs: number, signal: AbortSignal): Promise<void> {
    await pause(this.engine.waitMs(afterMs), undefined, { signal }).catch(() => undefined);
  }
}

const NO_CREDENTIALS: PrepareFailure = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'The account has no credentials. Connect it again.',
};

const TOO_SLOW: PrepareFailure = { kind: 'unavailable', detail: 'The platform did not get ready in time.' };

/** An adapter that throws is a bug; nothing irreversible was begun. */
const asUnavailable = (error: unknown): PrepareOutcome => ({ kind: 'unavailable', detail: String(error) });
