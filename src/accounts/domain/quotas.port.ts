import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** Whose quota is meant. */
export interface QuotaHolder {
  readonly id: string;
  readonly platform: PlatformName;
}

export type QuotaReservation =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'exhausted'; readonly scope: 'account' | 'app'; readonly resetsAt: Date };

/** How far a quota is used. */
export interface QuotaUse {
  readonly scope: 'account' | 'app';
  readonly kind: string;
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: Date;
}

/** Daily publishing quotas; taken by conditional UPDATE, so that no two transactions share the last one. */
export abstract class Quotas {
  /** Takes one publish at `at` (its scheduled time) from every quota that counts it, or from none. */
  abstract reserve(holder: QuotaHolder, at: Date, tx: Tx): Promise<QuotaReservation>;
  /** Gives back what `reserve` took for the same instant, when the publish will not happen. */
  abstract release(holder: QuotaHolder, at: Date, tx: Tx): Promise<void>;
  /** Today's use. */
  abstract usage(holder: QuotaHolder, now: Date): Promise<QuotaUse[]>;
}
