import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { GatherFacts } from './gather-facts.js';
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
  /** Targets without a usable fallback; they stay. */
  readonly without: readonly string[];
}

/** Moves held targets and those due within a day away from a platform, each to its route's first usable fallback. */
@Injectable()
export class ReroutePlatform {
  constructor(
    private readonly waiting: WaitingTargets,
    private readonly gather: GatherFacts,
    private readonly reroute: RerouteTarget,
  ) {}

  async execute(wish: PlatformReroute, tx: Tx): Promise<ReroutePlan> {
    const { workspaceId, dryRun, actor } = wish;
    const targets = await this.waiting.ofPlatform({ ...wish, withinMs: DAY_MS }, tx);
    const moves: ReroutePlan['moves'][number][] = [];
    const without: string[] = [];
    // Two targets of one run must not count on the same account.
    const taken = new Set<string>();
    for (const { target, fallbacks } of await this.gather.execute(targets, tx)) {
      const free = fallbacks.find(
        (item) =>
          item.account.platform !== wish.platform &&
          isUsable(item) &&
          !taken.has(`${target.occurrenceId}|${item.account.id}`),
      );
      if (!free) {
        without.push(target.id);
        continue;
      }
      const accountId = free.account.id;
      taken.add(`${target.occurrenceId}|${accountId}`);
      const move = { targetId: target.id, accountId };
      if (dryRun) moves.push(move);
      else moves.push({ ...move, replacementId: await this.reroute.execute({ workspaceId, ...move, actor }, tx) });
    }
    return { dryRun, moves, without };
  }
}
