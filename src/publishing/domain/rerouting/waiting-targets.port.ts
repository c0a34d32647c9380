import type { HealthPlace } from '../../../health/domain/health-place.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { TargetRecord } from '../targets/target-record.js';

/** An origin whose run went elsewhere. */
export interface ReroutedRoot extends TargetRecord {
  readonly movedAt: Date;
  /** Something of ours went live on its account since. */
  readonly accountPublishes: boolean;
  /** A person moved it, and may have had other reasons than the platform's health. */
  readonly isMovedByHand: boolean;
  /** Nobody else took it: all that stood for it has failed. */
  readonly isStranded: boolean;
}

/** A target that still looks for an account in its stead. */
export interface UnplacedTarget {
  readonly id: string;
  readonly because: 'unknown_outcome' | 'rejected';
}

/** Targets that wait, for those who decide again about many. */
export abstract class WaitingTargets {
  /**
   * Held targets whose next look is due, all held ones of the named platform regions, and those whose earlier run is
   * over; due ones first, then in the order of a backlog.
   */
  abstract held(
    released: readonly { readonly platform: PlatformName; readonly region: string }[],
    limit: number,
  ): Promise<readonly TargetRecord[]>;
  /** Platform regions that have targets held because of their health. */
  abstract heldRegions(): Promise<readonly { readonly platform: PlatformName; readonly region: string }[]>;
  /** Targets that wait for another try (scheduled, tried in vain, due later) in these places, by id. @param after an id */
  abstract retries(
    places: readonly HealthPlace[],
    after: string | undefined,
    limit: number,
  ): Promise<readonly TargetRecord[]>;
  /**
   * Scheduled (due within `withinMs`) and held targets of a workspace on a platform, and those in doubt without a
   * replacement; in the order of a backlog, the first 1,000.
   */
  abstract ofPlatform(
    query: {
      readonly workspaceId: string;
      readonly platform: PlatformName;
      readonly region?: string;
      readonly withinMs: number;
    },
    tx: Tx,
  ): Promise<readonly TargetRecord[]>;
  /**
   * Still fresh and nothing stands for them elsewhere, by id: targets in doubt, and first replacements that were refused
   * (`refusal.policy.ts`) of runs that have not gone out at home again meanwhile. @param after an id
   */
  abstract unplaced(after: string | undefined, limit: number): Promise<readonly UnplacedTarget[]>;
  /** Rerouted origins, still fresh, that have no catch-up yet and nothing open or live on their account; in the order of a backlog. */
  abstract rerouted(limit: number, offset: number): Promise<readonly ReroutedRoot[]>;
}
