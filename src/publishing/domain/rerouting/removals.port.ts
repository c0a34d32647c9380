import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RemovalStep } from './removal.policy.js';

/** A late copy beside a live replacement, about which nothing is decided yet. */
export interface LateCopy {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly platform: PlatformName;
  readonly platformPostId: string | undefined;
  /** Whose route it follows. */
  readonly root: {
    readonly id: string;
    readonly postId: string;
    readonly accountId: string;
    readonly platform: string;
    readonly tags: readonly string[];
  };
}

/** A removal whose intent is committed. */
export interface RemovalDue {
  readonly targetId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly platformPostId: string;
  /** This call included. */
  readonly tries: number;
}

/** The journal of late copies that are taken down: a row before the call, its outcome after it. */
export abstract class Removals {
  /** Late copies without a row, whose platform has named them, or cannot delete anyway. */
  abstract undecided(cannotRemove: readonly PlatformName[], limit: number): Promise<readonly LateCopy[]>;
  /** One row per copy; what has one keeps it. */
  abstract plan(copies: readonly (LateCopy & { readonly step: RemovalStep })[]): Promise<void>;
  /**
   * Commits the intents of due removals. Only beside a live replacement: the last copy of a run is never taken down.
   * @param leaseMs after it a call counts as lost, and is made again
   */
  abstract claim(limit: number, leaseMs: number): Promise<readonly RemovalDue[]>;
  abstract settle(targetId: string, step: RemovalStep, tx: Tx): Promise<void>;
}
