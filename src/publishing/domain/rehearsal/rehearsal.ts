import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Reason } from '../../../routing/domain/route-decision.js';

/** An outage that is only imagined: nothing is published at all to a platform, in one region or in all of them. */
export interface ImaginedOutage {
  readonly workspaceId: string;
  readonly platform: PlatformName;
  /** Every region when left out. */
  readonly region?: string;
  readonly from: Date;
  readonly until: Date;
}

/**
 * What would become of a target.
 * - `moved`: another account publishes it, at `at`
 * - `late`: its own account publishes it once the platform is well again
 * - `missed`: it gets stale before
 * - `exposed`: the route publishes into the outage, where it fails
 * - `stuck`: its own account cannot publish even on a well platform, and nobody takes it
 * - `paused`: a person stopped it
 * - `unaffected`: it goes out as always, for example by hand
 */
export const FATES = ['moved', 'late', 'missed', 'exposed', 'stuck', 'paused', 'unaffected'] as const;
export type Fate = (typeof FATES)[number];

/** One target, rehearsed. */
export interface RehearsedTarget {
  readonly targetId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly scheduledAt: Date;
  readonly fate: Fate;
  /** When that happens: when it goes out, gets stale, or would fail. */
  readonly at: Date;
  /** Who takes it, of `moved`. */
  readonly toAccountId?: string;
  /** Its route asks for the backup list before it goes out. */
  readonly asksBroadcast: boolean;
  /** Whether an account of its route could take it when that was asked first; absent: it never was. */
  readonly hasFallback?: boolean;
  /** Why accounts of its route could not take it when that was asked first. */
  readonly obstacles: readonly Reason[];
  /** The deciding ones first, as routing gave them. */
  readonly reasons: readonly Reason[];
}

/** What one account would carry in one hour. */
export interface HourlyLoad {
  readonly accountId: string;
  readonly hour: Date;
  /** Targets of its own that are due in that hour. */
  readonly own: number;
  /** What it would take over. */
  readonly extra: number;
}

/** Whether a reason says why no other account takes a post. @param code of a reason */
export const isObstacle = (code: string): boolean =>
  code === 'panic' || code === 'no_fallback' || (code.startsWith('fallback_') && code !== 'fallback_taken');

/** Whether a fallback was refused because it was full for now, by quota, usual load or the route's cap. @param code of a reason */
export const isFull = (code: string): boolean => code === 'fallback_no_quota' || code.startsWith('fallback_full');
