import { Injectable } from '@nestjs/common';
import { Quotas } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  accountNotActive,
  destinationPaused,
  doesNotFit,
  noFallback,
  noQuotaLeft,
} from '../../domain/rerouting/reroute.errors.js';
import { BY_HAND, type Destination, destinationOf } from '../../domain/rerouting/moves.policy.js';
import { accountTaken, notPossible, tooLate } from '../../domain/targets/publishing.errors.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type Cause, TargetStore } from '../../domain/targets/target-store.port.js';
import { isByHand } from './account-health.js';
import { CreateReplacement } from './create-replacement.js';
import { Engine } from '../engine.js';
import { GatherFacts } from './gather-facts.js';
import { ReadSurroundings } from './read-surroundings.js';

/** A person's wish to move one target. */
export interface RerouteWish {
  readonly workspaceId: string;
  readonly targetId: string;
  /** The route's first usable fallback when left out. */
  readonly accountId?: string;
  readonly actor: string;
}

/**
 * Moves one target to another account by hand, whatever health says of its own. A named account needs no healthy
 * platform and no rest from the post: that is the person's business; limits, switches and duplicates stay ours.
 */
@Injectable()
export class RerouteTarget {
  constructor(
    private readonly store: TargetStore,
    private readonly gather: GatherFacts,
    private readonly createReplacement: CreateReplacement,
    private readonly quotas: Quotas,
    private readonly engine: Engine,
    private readonly surroundings: ReadSurroundings,
  ) {}

  /**
   * @returns the replacement's id
   * @throws DomainError `target.not_found`, `target.too_late`, `target.not_possible`, `target.no_fallback`,
   *   `account.not_found`, `target.account_taken`, `target.account_not_active`, `target.destination_paused`,
   *   `target.does_not_fit`, `target.no_quota`
   */
  async execute({ workspaceId, targetId, accountId, actor }: RerouteWish, tx: Tx): Promise<string> {
    const target = await this.store.lock(targetId, tx);
    if (!target || target.workspaceId !== workspaceId) throw notFound('target', targetId);
    if (accountId === undefined) return this.move(target, { ...(await this.firstUsable(target, tx)), actor }, tx);
    await this.assertTakes(target, accountId, tx);
    return this.move(target, { accountId, actor, reasons: [BY_HAND] }, tx);
  }

  /**
   * Moves a locked target to an account that was found usable.
   * @throws DomainError `target.too_late`, `target.not_possible`, `target.account_taken`
   */
  async move(
    target: TargetRecord,
    { accountId, actor, reasons }: Destination & { readonly actor: string },
    tx: Tx,
  ): Promise<string> {
    const cause = { actor, reasons };
    await this.leave(target, cause, tx);
    return this.createReplacement.execute({ origin: target, accountId, role: 'reroute', cause }, tx);
  }

  /** A waiting origin ends here; one in doubt stays in doubt beside its replacement. */
  private async leave(target: TargetRecord, cause: Cause, tx: Tx): Promise<void> {
    if (target.status === 'unconfirmed' && !target.replacementCarries) return;
    if (target.status === 'publishing') throw tooLate(target.id);
    if (target.status !== 'scheduled' && target.status !== 'held')
      throw notPossible(target.id, target.status, 'rerouted');
    const ref = { targetId: target.id, version: target.version };
    if (!(await this.store.takeVersion(ref, 'reroute', tx))) throw tooLate(target.id);
    const step = { cause: 'rerouted_by_hand', target: { status: 'rerouted', nextCheckAt: null }, effects: [] } as const;
    await this.store.apply({ target, step, cause }, tx);
  }

  private async firstUsable(target: TargetRecord, tx: Tx): Promise<Destination> {
    const facts = await this.gather.execute([target], tx);
    const round = await this.surroundings.execute(facts, tx);
    const [item] = facts;
    const found = item ? destinationOf(item, round) : [];
    if (!('accountId' in found)) throw noFallback(target.id, found);
    return found;
  }

  private async assertTakes(target: TargetRecord, accountId: string, tx: Tx): Promise<void> {
    if (accountId === target.accountId) throw accountTaken();
    const [facts] = await this.gather.execute([target], tx, accountId);
    const option = facts?.fallbacks[0];
    if (!option) throw notFound('account', accountId);
    const { account } = option;
    if (account.status !== 'active') throw accountNotActive(account);
    if (option.paused) throw destinationPaused(account);
    if (option.carriesOccurrence) throw accountTaken();
    if (!option.fits) throw doesNotFit(account, this.gather.violationsOf(target, account));
    // A person who posts by hand uses no call of ours.
    if (isByHand(account)) return;
    const left = (await this.quotas.left([account], this.engine.now(), tx)).get(accountId);
    if (left && left.left <= 0) throw noQuotaLeft(account, left.resetsAt);
  }
}
