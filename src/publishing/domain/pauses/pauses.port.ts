import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PauseScope } from '../../../routing/domain/pause-fact.js';

/** The switch of a workspace, of a platform in a workspace, or of a platform in the whole instance. */
export interface PauseKey {
  /** null: every workspace; then a platform is named. */
  readonly workspaceId: string | null;
  /** null: every platform. */
  readonly platform: PlatformName | null;
}

/** A switch that is on, as its workspace sees it. */
export interface StandingPause {
  /** Of the switch itself, else of the account or post. */
  readonly id: string;
  /** Its place in the list: when it was paused, to the microsecond. */
  readonly at: string;
  readonly scope: PauseScope;
  /** By an operator, for every workspace. */
  readonly instanceWide: boolean;
  readonly platform?: PlatformName;
  readonly accountId?: string;
  readonly postId?: string;
  readonly reason?: string;
  readonly actor?: string;
  readonly pausedAt: Date;
}

/** Which of the standing pauses. */
export interface PausePage {
  readonly scope?: PauseScope | undefined;
  readonly limit: number;
  /** Those that come behind this one. */
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** Switches of platforms and workspaces. Those of posts and accounts are their own (`paused_at`, `status`). */
export abstract class Pauses {
  /** @returns false when it was on already: the first reason stays */
  abstract switchOn(key: PauseKey, by: { actor: string; reason?: string }, tx: Tx): Promise<boolean>;
  /** @returns false when it was off */
  abstract switchOff(key: PauseKey, tx: Tx): Promise<boolean>;
  /** What stops something in a workspace, the newest first. */
  abstract standing(workspaceId: string, page: PausePage): Promise<readonly StandingPause[]>;
}
