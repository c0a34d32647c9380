import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PlatformNotice } from '../../../platforms/domain/platform-webhook.js';

/** A notice that has not done its work yet. */
export interface WaitingNotice {
  readonly platform: PlatformName;
  readonly notice: PlatformNotice;
  readonly receivedAt: Date;
}

/** `applied`: it changed something. `ignored`: it said nothing new. `expired`: what it speaks of never came. */
export type NoticeVerdict = 'applied' | 'ignored' | 'expired';

/** What platforms told us by themselves: kept once, applied once, in any order. */
export abstract class NoticeInbox {
  /** Stores what is new by (platform, key); a repetition leaves everything as it is. */
  abstract store(platform: PlatformName, notices: readonly PlatformNotice[]): Promise<void>;
  /** Takes notices whose turn has come, oldest event first, and keeps others off them for `leaseMs`. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly WaitingNotice[]>;
  abstract settle(waiting: WaitingNotice, verdict: NoticeVerdict, tx?: Tx): Promise<void>;
  abstract postpone(waiting: WaitingNotice, delayMs: number): Promise<void>;
  /**
   * The attempt that carries this handle: the open one, else the newest. Without one, the attempt of the target that
   * carries this id on this identity's account (a person may have named it).
   */
  abstract attemptOf(
    platform: PlatformName,
    post: { readonly handle: string; readonly externalId: string; readonly platformPostId?: string },
  ): Promise<{ readonly targetId: string; readonly attemptId: string } | undefined>;
  /** Another target of the same run on the same account that is not over, if there is one: failback planned it. */
  abstract rivalOf(targetId: string, tx: Tx): Promise<string | undefined>;
  /** Accounts of this identity, in any workspace, that were not connected again after `lostAt`. */
  abstract accountsWithout(consent: {
    readonly platform: PlatformName;
    readonly externalId: string;
    readonly lostAt: Date;
  }): Promise<readonly string[]>;
  /** Drops what was settled more than `days` ago. */
  abstract forget(days: number): Promise<void>;
}
