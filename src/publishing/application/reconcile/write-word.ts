import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { StepContext } from '../../domain/firing/step-context.js';
import { HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { RunEffects } from '../firing/run-effects.js';

/** A step that a person's word asks for. */
export interface WordedStep {
  readonly target: TargetRecord;
  readonly attempt: AttemptRecord | undefined;
  readonly step: Step;
  readonly actor: string;
  /** How a hand-off of this attempt ends with it. */
  readonly handOffEnds: 'confirm' | 'skip';
}

/** Writes what a person said about a target: rows, effects, its hand-off and the next wake-up, in the caller's transaction. */
@Injectable()
export class WriteWord {
  constructor(
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly effects: RunEffects,
    private readonly handOffs: HandOffs,
    private readonly engine: Engine,
  ) {}

  context(): StepContext {
    return this.engine.context();
  }

  lock(targetId: string, tx: Tx): Promise<TargetRecord | undefined> {
    return this.store.lock(targetId, tx);
  }

  async execute({ target, attempt, step, actor, handOffEnds }: WordedStep, tx: Tx): Promise<void> {
    const handOffId = attempt && (await this.handOffs.ofAttempt(attempt.id, tx));
    if (handOffId) await this.handOffs.end(handOffId, { event: handOffEnds, by: actor }, tx);
    await this.asWritten({ target, attemptId: attempt?.id, step, actor }, tx);
  }

  /** A step of a locked target with everything it asks for. */
  async asWritten(
    written: Pick<WordedStep, 'target' | 'step' | 'actor'> & { readonly attemptId: string | undefined },
    tx: Tx,
  ): Promise<void> {
    const { target, step, actor, attemptId } = written;
    const cause = { actor };
    await this.store.apply({ target, step, cause, ...(attemptId === undefined ? {} : { attemptId }) }, tx);
    await this.effects.execute(target, step, undefined, tx);
    const { status, dueAt } = step.target;
    if (status === 'scheduled' && dueAt)
      await this.wakeUps.plan([{ targetId: target.id, version: target.version + 1, dueAt }], tx);
  }
}
