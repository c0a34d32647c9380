import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { QuotaHolder } from './quota.policy.js';

/** One publish that wants its place. */
export interface QuotaAsk {
  /** The caller's own name for it, unique among those asked together. */
  readonly key: string;
  readonly holder: QuotaHolder;
  /** When the call will be made. */
  readonly at: Date;
}

/** `windowIds` go to `release` when the publish certainly does not happen. */
export type QuotaReservation =
  | { readonly kind: 'reserved'; readonly windowIds: readonly string[] }
  | { readonly kind: 'exhausted'; readonly scope: 'account' | 'app'; readonly resetsAt: Date };

/** Kind of a quota that the platform itself counts, posts of other programs included. */
export const PLATFORM_COUNT_KIND = 'platform';

/** How far a quota is used. */
export interface QuotaUse {
  readonly scope: 'account' | 'app';
  readonly kind: string;
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: Date;
}

/** What a holder may still begin now; nothing before `resetsAt` when `left` is 0. */
export interface QuotaLeft {
  /** Infinity where nothing is counted. */
  readonly left: number;
  readonly resetsAt?: Date;
}

/** Kind of a cap that the platform itself reported; holds until its `resetsAt`. */
export const REPORTED_KIND = 'reported';

/** Publishing quotas, shared by all workers; taken by conditional UPDATE, so that no two take the last one. */
export abstract class Quotas {
  /**
   * Takes one place for each ask from every window that counts it, or from none; earlier asks go first.
   * A few statements for the whole batch. The places are given back when `tx` fails.
   */
  abstract reserve(asks: readonly QuotaAsk[], tx: Tx): Promise<ReadonlyMap<string, QuotaReservation>>;
  /** Gives places back; an id that is named twice counts twice. */
  abstract release(windowIds: readonly string[], tx: Tx): Promise<void>;
  /**
   * The platform said that nothing more is taken before `until`. Of the whole app this is believed for an hour; then one
   * publish asks again, and so on each hour.
   */
  abstract report(holder: QuotaHolder, cap: { scope: 'account' | 'app'; until: Date }, tx: Tx): Promise<void>;
  /**
   * A publish of ours got through on these platforms: a cap on the app that this call was let through to try is over.
   */
  abstract reopen(platforms: readonly PlatformName[], tx: Tx): Promise<void>;
  /** What is left at `now`, by the holder's id. */
  abstract left(holders: readonly QuotaHolder[], now: Date, tx?: Tx): Promise<ReadonlyMap<string, QuotaLeft>>;
  /** Drops windows that ended long ago. */
  abstract forgetEnded(): Promise<void>;
  /** Use of the windows at `now`, and reported caps that still hold. */
  abstract usage(holder: QuotaHolder, now: Date): Promise<QuotaUse[]>;
}
