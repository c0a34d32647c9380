import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { notPossible, tooLate } from '../../domain/targets/publishing.errors.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { CreateReplacement } from './create-replacement.js';
import { type FallbackFacts, GatherFacts } from './gather-facts.js';

/** A person's wish to move one target. */
export interface RerouteWish {
  readonly workspaceId: string;
  readonly targetId: string;
  /** The route's first usable fallback when left out. */
  readonly accountId?: string;
  readonly actor: string;
}

/** Moves one target to another account by hand, whatever health says. */
@Injectable()
export class RerouteTarget {
  constructor(
    private readonly store: TargetStore,
    private readonly gather: GatherFacts,
    private readonly createReplacement: CreateReplacement,
  ) {}

  /**
   * @returns the replacement's id
   * @throws DomainError `target.not_found`, `target.too_late`, `target.not_possible`, `target.no_fallback`,
   *   `target.account_taken`
   */
  async execute({ workspaceId, targetId, accountId, actor }: RerouteWish, tx: Tx): Promise<string> {
    const target = await this.store.lock(targetId, tx);
    if (!target || target.workspaceId !== workspaceId) throw notFound('target', targetId);
    const chosen = accountId ?? (await this.firstUsable(target, tx));
    const cause = { actor, reasons: [{ code: 'by_hand', text: 'Moved by hand.' }] };
    await this.leave(target, cause, tx);
    return this.createReplacement.execute({ origin: target, accountId: chosen, role: 'reroute', cause }, tx);
  }

  /** A waiting origin ends here; one in doubt stays in doubt beside its replacement. */
  private async leave(target: TargetRecord, cause: { actor: string; reasons: unknown[] }, tx: Tx): Promise<void> {
    if (target.status === 'unconfirmed' && !target.replacementCarries) return;
    if (target.status === 'publishing') throw tooLate(target.id);
    if (target.status !== 'scheduled' && target.status !== 'held')
      throw notPossible(target.id, target.status, 'rerouted');
    const ref = { targetId: target.id, version: target.version };
    if (!(await this.store.takeVersion(ref, 'reroute', tx))) throw tooLate(target.id);
    const step = { cause: 'rerouted_by_hand', target: { status: 'rerouted', nextCheckAt: null }, effects: [] } as const;
    await this.store.apply({ target, step, cause }, tx);
  }

  private async firstUsable(target: TargetRecord, tx: Tx): Promise<string> {
    const [facts] = await this.gather.execute([target], tx);
    const usable = facts?.fallbacks.find(isUsable);
    if (usable) return usable.account.id;
    throw new DomainError(
      'conflict',
      'target.no_fallback',
      'The route of this target has no usable fallback. Name an accountId, or add fallbacks to the route.',
      { targetId: target.id },
    );
  }
}

/** By hand, health is the person's business; limits and duplicates stay ours. */
export const isUsable = ({ account, fits, carriesOccurrence }: FallbackFacts): boolean =>
  account.status === 'active' && fits && !carriesOccurrence;
