import type { Tx } from '../../../kernel/transaction.js';
import type { EventSubject } from '../targets/target-event.js';
import type { TargetRef } from '../targets/target-record.js';

/** Whose targets; every named condition holds. */
export interface TargetsOf {
  readonly workspaceId?: string;
  readonly platform?: string;
  readonly accountId?: string;
  readonly postId?: string;
  readonly targetIds?: readonly string[];
}

/** How many of them wait under a switch, and for how many it came too late. */
export interface PauseCount {
  readonly held: number;
  /** Being published, or published with an answer still open. */
  readonly tooLate: number;
}

/** A target whose switches are all off again. */
export interface ReleasedTarget extends EventSubject, TargetRef {
  readonly status: 'scheduled' | 'missed';
  readonly dueAt: Date;
}

/** Waiting targets under kill switches, many at once. All of it passes the arbiter of firing, cancel and edit. */
export abstract class PausedTargets {
  /**
   * Holds what is due within a minute or armed and stopped by any switch; what was armed is abandoned and gives its
   * places in the quotas back. What comes due later is held when a worker takes it up.
   * @returns the ids that are held now
   */
  abstract hold(which: TargetsOf, actor: string, tx: Tx): Promise<readonly string[]>;
  /**
   * Lets go what was held by a switch and is stopped by none any more, earliest stale first: due at its time, at once
   * when that is past, missed when it is stale.
   */
  abstract release(
    which: TargetsOf,
    by: { readonly actor: string; readonly limit: number },
    tx: Tx,
  ): Promise<readonly ReleasedTarget[]>;
  abstract count(which: TargetsOf, tx: Tx): Promise<PauseCount>;
}
