import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { handOffOver } from '../../domain/hand-off/hand-off.errors.js';
import {
  type PersonsWord,
  settleConfirmed,
  settleExpired,
  settleSkipped,
} from '../../domain/hand-off/hand-off.policy.js';
import { handOffAfter, type HandOffEvent } from '../../domain/hand-off/hand-off-state.js';
import { type HandOff, HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { RunEffects } from '../firing/run-effects.js';

/** How one hand-off ends, and by whose word. */
export interface HandOffEnd extends PersonsWord {
  readonly event: Extract<HandOffEvent, 'confirm' | 'skip' | 'expire'>;
  /** `key:<prefix>`, `page` for whoever has the link, `clock`. */
  readonly by: string;
}

/** Ends a hand-off: its row, its target and its attempt change together or not at all. */
@Injectable()
export class SettleHandOff {
  constructor(
    private readonly handOffs: HandOffs,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
    private readonly effects: RunEffects,
    private readonly engine: Engine,
  ) {}

  /**
   * Saying the same twice changes nothing the second time.
   * @param workspaceId whose hand-off it must be; left out for whoever has the link
   * @throws DomainError `handoff.not_found`, `handoff.over`, `target.post_owned`
   */
  async execute(id: string, end: HandOffEnd, tx: Tx, workspaceId?: string): Promise<HandOff> {
    const before = await this.existing(id, tx, workspaceId);
    // The target's lock makes two words about it follow each other.
    const target = await this.store.lock(before.targetId, tx);
    const current = await this.existing(id, tx, workspaceId);
    const isRepeated = current.state === handOffAfter('due', end.event);
    if (isRepeated) return current;
    if (!target || !isWaiting(target) || !handOffAfter(current.state, end.event))
      throw handOffOver(id, current.state, current.targetStatus);
    await this.write(target, current, end, tx);
    return this.existing(id, tx, workspaceId);
  }

  private async write(target: TargetRecord, { id, attemptId }: HandOff, end: HandOffEnd, tx: Tx): Promise<void> {
    const attempt = await this.journal.get(attemptId, tx);
    const step = withHandle(this.stepOf(target, end), attempt?.handle);
    const { event, by, link } = end;
    await this.handOffs.end(id, { event, by, ...(link === undefined ? {} : { link }) }, tx);
    await this.store.apply({ target, attemptId, step, cause: { actor: by } }, tx);
    await this.effects.execute(target, step, undefined, tx);
  }

  private stepOf(target: TargetRecord, { event, link, platformPostId }: HandOffEnd): Step {
    const now = this.engine.now();
    switch (event) {
      case 'confirm':
        return settleConfirmed(target, { link, platformPostId }, now);
      case 'skip':
        return settleSkipped();
      case 'expire':
        return settleExpired(now);
    }
  }

  private async existing(id: string, tx: Tx, workspaceId: string | undefined): Promise<HandOff> {
    const found = await this.handOffs.get(id, tx);
    if (!found || (workspaceId !== undefined && found.workspaceId !== workspaceId)) throw notFound('handoff', id);
    return found;
  }
}

/** Otherwise somebody has decided about the target in another way. */
const isWaiting = ({ status }: TargetRecord): boolean => status === 'publishing' || status === 'needs_decision';

/** What is live carries the handle it was published by. */
const withHandle = (step: Step, handle: string | undefined): Step =>
  step.target.live && handle !== undefined
    ? { ...step, target: { ...step.target, live: { ...step.target.live, handle } } }
    : step;
