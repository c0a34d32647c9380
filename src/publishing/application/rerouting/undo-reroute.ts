import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { notRerouted, tooStaleToReturn } from '../../domain/rerouting/reroute.errors.js';
import { tooLate } from '../../domain/targets/publishing.errors.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { CancelTargets } from '../targets/cancel-targets.js';
import { Engine } from '../engine.js';
import { CreateReplacement } from './create-replacement.js';

/** A person's wish to take a move back. */
export interface UndoWish {
  readonly workspaceId: string;
  /** The target that was moved, not the one that stands for it. */
  readonly targetId: string;
  readonly actor: string;
}

const REASONS = [{ code: 'undone_by_hand', text: 'A person took the move back.' }];

/**
 * Takes a move back as long as nothing was sent elsewhere: the replacement is cancelled, and the run goes out on its own
 * account after all, as a catch-up, which routing never moves; one that is planned or live there already stays. What is
 * in doubt stays in doubt, without its replacement.
 */
@Injectable()
export class UndoReroute {
  constructor(
    private readonly store: TargetStore,
    private readonly cancel: CancelTargets,
    private readonly createReplacement: CreateReplacement,
    private readonly engine: Engine,
  ) {}

  /**
   * @returns the id of the target that carries the run on its own account now
   * @throws DomainError `target.not_found`, `target.not_rerouted`, `target.too_late`, `target.stale`
   */
  async execute({ workspaceId, targetId, actor }: UndoWish, tx: Tx): Promise<string> {
    const target = await this.store.lock(targetId, tx);
    if (!target || target.workspaceId !== workspaceId) throw notFound('target', targetId);
    const { replacementId, status } = target;
    if (!replacementId || target.replacementCarries === false) throw notRerouted(targetId);
    if (status === 'rerouted' && target.staleAt <= this.engine.now()) throw tooStaleToReturn(targetId, target.staleAt);
    await this.cancelReplacement({ workspaceId, replacementId, actor }, tx);
    if (status !== 'rerouted') return targetId;
    const returned = (await this.store.carrierAtHome(target, tx)) ?? (await this.bringHome(target, actor, tx));
    await this.store.setReplacement(targetId, returned, tx);
    return returned;
  }

  private bringHome(target: TargetRecord, actor: string, tx: Tx): Promise<string> {
    const cause = { actor, reasons: REASONS };
    return this.createReplacement.execute({ origin: target, accountId: target.accountId, role: 'catch_up', cause }, tx);
  }

  private async cancelReplacement(
    { workspaceId, replacementId, actor }: { workspaceId: string; replacementId: string; actor: string },
    tx: Tx,
  ): Promise<void> {
    try {
      await this.cancel.execute({ workspaceId, targetIds: [replacementId], actor }, tx);
    } catch (error) {
      // It is live, or moved on itself: nothing that could be taken back here.
      if (error instanceof DomainError && error.code === 'target.not_possible') throw tooLate(replacementId);
      throw error;
    }
  }
}
