import { plusMs, SECOND_MS, scaledMs, type TimeScale } from '../../kernel/durations.js';
import { type LoadTiming, loadTiming } from './load-spread.policy.js';
import type { RoutePolicy } from './route.js';

/** The spans of routing as they run in this process, milliseconds. */
export interface RoutingTiming {
  holdForMs(route: RoutePolicy): number;
  staleAfterMs(route: RoutePolicy): number;
  /** undefined: the backup list is never asked for. */
  broadcastAfterMs(route: RoutePolicy): number | undefined;
  /** Of the load spread and of catching up. */
  readonly load: LoadTiming;
}

/** A route's seconds under a time scale; scale 1 leaves them as the user wrote them. */
export const routingTiming = (scale: TimeScale): RoutingTiming => ({
  holdForMs: ({ holdForSeconds }) => (holdForSeconds === 0 ? 0 : scaledMs(holdForSeconds * SECOND_MS, scale)),
  staleAfterMs: ({ staleAfterSeconds }) => scaledMs(staleAfterSeconds * SECOND_MS, scale),
  broadcastAfterMs: ({ broadcastAfterSeconds }) =>
    broadcastAfterSeconds === undefined ? undefined : Math.round((broadcastAfterSeconds * SECOND_MS) / scale),
  load: loadTiming(scale),
});

/** Until when a target waits before it goes elsewhere: `min(scheduledAt + holdFor, staleAt)` (`schema.md`). */
export const holdUntilOf = (
  target: { readonly scheduledAt: Date; readonly staleAt: Date },
  route: RoutePolicy,
  timing: RoutingTiming,
): Date => {
  const until = plusMs(target.scheduledAt, timing.holdForMs(route));
  return until < target.staleAt ? until : target.staleAt;
};
