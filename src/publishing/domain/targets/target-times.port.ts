import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetStatus } from './target-status.js';

/** Which targets of a workspace are meant: named ones, or all that fit. */
export interface TargetChoice {
  readonly targetIds?: readonly string[];
  readonly platform?: PlatformName;
  readonly accountId?: string;
  readonly postId?: string;
  /** Of the post. */
  readonly tag?: string;
  readonly status?: TargetStatus;
  /** Scheduled at or after. */
  readonly from?: Date;
  /** Scheduled before. */
  readonly to?: Date;
}

/** A target and its time, as far as moving it goes. */
export interface TimedTarget {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly status: TargetStatus;
  readonly scheduledAt: Date;
  /** Wall time in `zone`, `YYYY-MM-DDTHH:mm:ss`. */
  readonly localTime: string;
  readonly zone: string;
}

/** When targets are to go out. */
export abstract class TargetTimes {
  /** Those of the choice in one of these states, earliest first. */
  abstract pick(
    workspaceId: string,
    choice: TargetChoice,
    { statuses, limit }: { readonly statuses: readonly TargetStatus[]; readonly limit: number },
    tx?: Tx,
  ): Promise<TimedTarget[]>;
  /** New times for locked targets; status, version and due time are the store's. */
  abstract set(
    times: readonly (Pick<TimedTarget, 'id' | 'scheduledAt' | 'localTime' | 'zone'> & { readonly staleAt: Date })[],
    tx: Tx,
  ): Promise<void>;
}
