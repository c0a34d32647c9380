import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { Route } from '../../../routing/domain/route.js';
import type { OutageTrace } from '../trace/trace.js';
import type { Roster, TraceAccount } from '../world/roster.js';

const SECONDS_A_MINUTE = MINUTE_MS / SECOND_MS;

/** What the trace's policy says for one account. */
export const routeOf = ({ policy }: OutageTrace, roster: Roster, account: TraceAccount): Route => ({
  scope: 'account',
  onDegraded: policy.onDegraded,
  onDown: policy.onDown,
  onUnknown: policy.onUnknown,
  onAccountTrouble: policy.onAccountTrouble,
  holdForSeconds: policy.holdForMinutes * SECONDS_A_MINUTE,
  staleAfterSeconds: policy.staleAfterMinutes * SECONDS_A_MINUTE,
  failback: policy.failback,
  removeLate: false,
  announce: [],
  fallbacks: roster.fallbacksOf(account).map(({ id }) => id),
});
