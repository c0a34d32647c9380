import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';
import { isUsable, RerouteTarget } from './reroute-target.js';

/** A person's wish to move everything that waits for a platform. */
export interface PlatformReroute {
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly region?: string;
  readonly dryRun: boolean;
  readonly actor: string;
}

/** What moves (or would move) where. */
export interface ReroutePlan {
  readonly dryRun: boolean;
  readonly moves: readonly { readonly targetId: string; readonly accountId: string; readonly replacementId?: string }[];
  /** Targets without a usable fallback (none that fits, is connected and has quota left); they stay. */
  readonly without: readonly string[];
}

/** Moves held targets and those due within a day away from a platform, each to its route's first usable fallback. */
@Injectable()
export class ReroutePlatform {
  constructor(
    private readonly waiting: WaitingTargets,
    private readonly gather: GatherFacts,
    private readonly reroute: RerouteTarget,
    private readonly store: TargetStore,
  ) {}

  async execute(wish: PlatformReroute, tx: Tx): Promise<ReroutePlan> {
    const { dryRun, actor } = wish;
    const targets = await this.waiting.ofPlatform({ ...wish, withinMs: DAY_MS }, tx);
    const facts = await this.gather.execute(targets, tx);
    const left = await this.reroute.quotaOf(
      facts.flatMap(({ fallbacks }) => fallbacks),
      tx,
    );
    const { moves, without } = share(facts, { from: wish.platform, left });
    if (dryRun) return { dryRun, moves, without };
    const done: ReroutePlan['moves'][number][] = [];
    for (const { targetId, accountId } of moves) {
      const target = await this.store.lock(targetId, tx);
      if (target)
        done.push({ targetId, accountId, replacementId: await this.reroute.move(target, { accountId, actor }, tx) });
    }
    return { dryRun, moves: done, without };
  }
}

/** Who goes where: an account takes a run of a post once, and no more than its quota. */
const share = (
  facts: readonly TargetFacts[],
  { from, left }: { readonly from: PlatformName; readonly left: ReadonlyMap<string, { readonly left: number }> },
): Pick<ReroutePlan, 'moves' | 'without'> => {
  const moves: ReroutePlan['moves'][number][] = [];
  const without: string[] = [];
  const carries = new Set<string>();
  const given = new Map<string, number>();
  for (const { target, fallbacks } of facts) {
    const free = fallbacks.find((option) => {
      const { id, platform } = option.account;
      const isFull = (given.get(id) ?? 0) >= (left.get(id)?.left ?? Infinity);
      return platform !== from && isUsable(option) && !isFull && !carries.has(`${target.occurrenceId}|${id}`);
    });
    if (!free) {
      without.push(target.id);
      continue;
    }
    const accountId = free.account.id;
    carries.add(`${target.occurrenceId}|${accountId}`);
    given.set(accountId, (given.get(accountId) ?? 0) + 1);
    moves.push({ targetId: target.id, accountId });
  }
  return { moves, without };
};
