import { DomainError } from '../../../kernel/domain-error.js';
import { type EngineEvent, stepFor, withHandle } from '../../../publishing/domain/engine.js';
import { goesOnAfterRefusal } from '../../../publishing/domain/rerouting/refusal.policy.js';
import type { Effect, Step } from '../../../publishing/domain/targets/target-state.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import type { Desk } from './desk.js';
import type { Replacing } from './replacing.js';
import type { RoutingDesk } from './routing-desk.js';

/** What happened to one target's attempt. */
export interface Happened {
  readonly targetId: string;
  readonly attemptId: string;
  readonly event: EngineEvent;
  /** How long its call took. */
  readonly latencyMs?: number;
}

/** Writes outcomes: the engine's own steps, their effects, and what comes next. */
export class Settling {
  constructor(
    private readonly desk: Desk,
    private readonly router: RoutingDesk,
    private readonly replacing: Replacing,
  ) {}

  settle({ targetId, attemptId, event, latencyMs }: Happened): Step | undefined {
    const { journal, tables } = this.desk;
    const target = this.desk.target(targetId);
    const attempt = tables.attempts.get(attemptId);
    const made = attempt && stepFor({ target, attempt }, event, this.desk.context(target));
    if (!made) return undefined;
    const step = withHandle(made, attempt) ?? made;
    journal.apply({ target, attemptId, step, actor: 'engine' });
    this.note(target, step);
    this.desk.changed(targetId);
    for (const effect of step.effects) this.run(target, effect, latencyMs);
    return step;
  }

  /** Asks for a replacement of what is in doubt; the origin stays as it is. */
  seek(targetId: string, because: Extract<Effect, { kind: 'seek_replacement' }>['because']): void {
    const target = this.desk.target(targetId);
    if (target.replacementCarries) return;
    if (because === 'rejected' && !goesOnAfterRefusal(target, this.desk.target(target.rootId))) return;
    const [decided] = this.router.decide([target], because);
    if (decided?.decision.kind !== 'reroute') return;
    try {
      this.desk.tables.run(() => this.replacing.reroute(target, decided.decision));
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'target.account_taken')) throw error;
    }
  }

  /** What the scores must know of a step, whoever made it. */
  note(target: MemoryTarget, { target: { status } }: Step): void {
    if (status === 'failed' || status === 'missed')
      this.desk.stage.record.gaveUp(Number(target.occurrenceId), target.accountId);
  }

  private run(target: MemoryTarget, effect: Effect, latencyMs: number | undefined): void {
    switch (effect.kind) {
      case 'signal':
        return this.signal(target, effect, latencyMs);
      case 'cap_reported':
        return this.desk.accounts.reportCap(target.accountId, this.desk.stage.msOf(effect.until));
      case 'account_trouble':
        if (effect.reason === 'reconnect') this.desk.accounts.lose(target.accountId);
        return;
      case 'seek_replacement':
        return this.seek(target.id, effect.because);
      case 'event':
        return;
    }
  }

  private signal(
    target: MemoryTarget,
    { capability, verdict, errorClass, ageMs }: Extract<Effect, { kind: 'signal' }>,
    latencyMs: number | undefined,
  ): void {
    const { stage, health } = this.desk;
    const { platform, region } = stage.roster.get(target.accountId);
    const source = ageMs === undefined ? 'attempt' : 'stall';
    if (source === 'attempt')
      stage.observations.saw({ platform, region }, 'attempt', { atMs: stage.nowMs, isBad: verdict !== 'good' });
    health.signal({
      platform: target.platform,
      region,
      capability,
      workspaceId: target.workspaceId,
      accountId: target.accountId,
      targetId: target.id,
      source,
      verdict,
      errorClass,
      latencyMs: ageMs ?? latencyMs,
    });
  }
}
