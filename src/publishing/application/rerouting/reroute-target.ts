import { Injectable } from '@nestjs/common';
import { type QuotaLeft, Quotas } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  accountNotActive,
  destinationPaused,
  doesNotFit,
  noFallback,
  noQuotaLeft,
} from '../../domain/rerouting/reroute.errors.js';
import { accountTaken, notPossible, tooLate } from '../../domain/targets/publishing.errors.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { isByHand } from './account-health.js';
import { CreateReplacement } from './create-replacement.js';
import { Engine } from '../engine.js';
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
    private readonly quotas: Quotas,
    private readonly engine: Engine,
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
    const chosen = accountId ?? (await this.firstUsable(target, tx));
    if (accountId !== undefined) await this.assertTakes(target, accountId, tx);
    return this.move(target, { accountId: chosen, actor }, tx);
  }

  /**
   * Moves a locked target to an account that was found usable.
   * @throws DomainError `target.too_late`, `target.not_possible`, `target.account_taken`
   */
  async move(
    target: TargetRecord,
    to: { readonly accountId: string; readonly actor: string },
    tx: Tx,
  ): Promise<string> {
    const cause = { actor: to.actor, reasons: [{ code: 'by_hand', text: 'Moved by hand.' }] };
    await this.leave(target, cause, tx);
    return this.createReplacement.execute({ origin: target, accountId: to.accountId, role: 'reroute', cause }, tx);
  }

  /** What is left on accounts that targets may move to, by account. */
  quotaOf(options: readonly FallbackFacts[], tx: Tx): Promise<ReadonlyMap<string, QuotaLeft>> {
    // A person who posts by hand uses no call of ours.
    const counted = options.map(({ account }) => account).filter((account) => !isByHand(account));
    const holders = new Map(counted.map(({ id, platform }) => [id, { id, platform }]));
    return this.quotas.left([...holders.values()], this.engine.now(), tx);
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
    const options = facts?.fallbacks ?? [];
    const left = await this.quotaOf(options, tx);
    const usable = options.find((option) => isUsable(option) && (left.get(option.account.id)?.left ?? Infinity) > 0);
    if (!usable) throw noFallback(target.id);
    return usable.account.id;
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
    const left = (await this.quotaOf([option], tx)).get(accountId);
    if (left && left.left <= 0) throw noQuotaLeft(account, left.resetsAt);
  }
}

/** By hand, health is the person's business; limits, switches and duplicates stay ours. */
export const isUsable = ({ account, fits, carriesOccurrence, paused }: FallbackFacts): boolean =>
  account.status === 'active' && fits && !carriesOccurrence && !paused;
