import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import { type Moves, movesOf } from '../../domain/rerouting/moves.policy.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { GatherFacts } from './gather-facts.js';
import { ReadSurroundings } from './read-surroundings.js';
import { RerouteTarget } from './reroute-target.js';

/** A person's wish to move everything that waits for a platform. */
export interface PlatformReroute {
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly region?: string;
  readonly dryRun: boolean;
  readonly actor: string;
}

/** What moves (or would move) where, and why. */
export interface ReroutePlan {
  readonly dryRun: boolean;
  readonly moves: readonly (Moves['moves'][number] & { readonly replacementId?: string })[];
  /** Ids of those that stay. */
  readonly without: readonly string[];
  /** The same with every reason. */
  readonly staying: Moves['staying'];
}

/**
 * Moves away from a platform what is held, what is due within a day, and what is in doubt where its route allows that:
 * each to its route's first usable fallback, in the order of a backlog. A dry run answers the same plan and moves nothing.
 */
@Injectable()
export class ReroutePlatform {
  constructor(
    private readonly waiting: WaitingTargets,
    private readonly gather: GatherFacts,
    private readonly surroundings: ReadSurroundings,
    private readonly loads: FallbackLoads,
    private readonly reroute: RerouteTarget,
    private readonly store: TargetStore,
  ) {}

  async execute(wish: PlatformReroute, tx: Tx): Promise<ReroutePlan> {
    const { dryRun, actor, platform: from } = wish;
    const found = await this.waiting.ofPlatform({ ...wish, withinMs: DAY_MS }, tx);
    const targets = dryRun ? found : await this.locked(found, tx);
    const facts = await this.gather.execute(targets, tx);
    // Nobody gives these accounts anything else until the moves are written.
    if (!dryRun) await this.loads.lock([...new Set(facts.flatMap(({ route }) => route.fallbacks))], tx);
    const round = await this.surroundings.execute(facts, tx);
    const { moves, staying } = movesOf(facts, round, from);
    const plan = { dryRun, staying, without: staying.map(({ targetId }) => targetId) };
    if (dryRun) return { ...plan, moves };
    const byId = new Map(targets.map((target) => [target.id, target]));
    const done: ReroutePlan['moves'][number][] = [];
    for (const move of moves) {
      const target = byId.get(move.targetId);
      const { accountId, reasons } = move;
      if (target)
        done.push({ ...move, replacementId: await this.reroute.move(target, { accountId, actor, reasons }, tx) });
    }
    return { ...plan, moves: done };
  }

  /** What changed its state while we waited for its lock is left out. */
  private async locked(found: Awaited<ReturnType<WaitingTargets['ofPlatform']>>, tx: Tx) {
    const rows = await this.store.lockMany(
      found.map(({ id }) => id),
      tx,
    );
    return found.flatMap((target) => {
      const row = rows.get(target.id);
      return row?.version === target.version && row.status === target.status ? [row] : [];
    });
  }
}
