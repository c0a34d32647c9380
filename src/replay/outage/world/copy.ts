import type { Behaviour } from '../trace/trace.js';
import type { TraceAccount } from './roster.js';

/** A post as a platform has it: ground truth. */
export interface Copy {
  readonly handle: string;
  readonly post: number;
  /** The account the post was meant for at first. */
  readonly root: TraceAccount;
  readonly account: TraceAccount;
  readonly acceptedMs: number;
  /** When it goes live, or is rejected instead. */
  readonly decidedMs: number;
  /** undefined: never live. */
  readonly liveMs: number | undefined;
  readonly rejectedBy?: 'chance' | 'bad_video';
  /** Views of its first hour. */
  readonly views: number;
}

/** ln 61: an hour's growth. */
const HOUR_GROWTH = Math.log(61);

/** What its counter would show at an age in minutes if it was live and counted. */
export const viewsAt = ({ views }: Pick<Copy, 'views'>, ageMinutes: number): number =>
  ageMinutes <= 0 ? 0 : Math.floor((views * Math.log(1 + ageMinutes)) / HOUR_GROWTH);

/** Whether the platform would be asked in vain: what a counter shows while it stands still. */
export const shownViews = (
  copy: Pick<Copy, 'views' | 'liveMs'>,
  atMs: number,
  { counters, sinceMs }: { readonly counters: Behaviour['counters']; readonly sinceMs: number },
): number => {
  if (copy.liveMs === undefined || counters === 'zero') return 0;
  const untilMs = counters === 'frozen' ? Math.min(atMs, sinceMs) : atMs;
  return viewsAt(copy, (untilMs - copy.liveMs) / 60_000);
};
