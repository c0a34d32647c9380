import type { TimedViews } from './best-times.js';

/** Which posts of an account count. */
export interface TimedViewsWish {
  readonly workspaceId: string;
  readonly accountId: string;
  /** Published at or after. */
  readonly from: Date;
  /** IANA name; weekdays and hours are told in it. */
  readonly zone: string;
  /** Most posts, the newest. */
  readonly limit: number;
}

/** Posts of one account with their views after a day. */
export interface AccountViews {
  readonly measured: readonly TimedViews[];
  /** Published posts without such a sample: too young, not told by the platform, or not read in time. */
  readonly unmeasuredCount: number;
  /** Posts whose sample was taken while the platform was in trouble. */
  readonly suspectCount: number;
}

export abstract class TimedViewsReader {
  abstract of(wish: TimedViewsWish): Promise<AccountViews>;
}
