import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { RoutePlace } from '../../../routing/domain/stored-route.js';
import { RouteFollowers } from '../../../routing/index.js';
import { RoutedTargets } from '../../domain/rerouting/routed-targets.port.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';

/** Targets of one change; more are near only in the largest bursts, and a route read at their due instant is the new one. */
const MOST = 10_000;

/**
 * A changed route gives the targets that are near, or held, a new version in the same transaction (design 4.9): what was
 * decided under the old one is not written any more, and what is held is decided again at once.
 */
@Injectable()
export class FollowRoutes implements OnModuleInit {
  constructor(
    private readonly followers: RouteFollowers,
    private readonly targets: RoutedTargets,
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
  ) {}

  onModuleInit(): void {
    this.followers.join((place, tx) => this.execute(place, tx));
  }

  async execute(place: RoutePlace, tx: Tx): Promise<void> {
    const near = await this.targets.decidable(place, MOST, tx);
    if (near.length === 0) return;
    // As before an edit of its words: a call that has begun keeps its version, and its target is left alone.
    const renewed = await this.store.takeVersions(near, 'edit', tx);
    await this.targets.renew([...renewed], tx);
    const wakeUps = near
      .filter(({ targetId, isHeld }) => renewed.has(targetId) && !isHeld)
      .map(({ targetId, version, dueAt }) => ({ targetId, version: version + 1, dueAt }));
    if (wakeUps.length > 0) await this.wakeUps.plan(wakeUps, tx);
  }
}
