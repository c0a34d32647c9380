import { MINUTE_MS, plusMs } from '../../kernel/durations.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';
import { chooseFallback, isPanic, takenBecause } from './fallback.policy.js';
import { type PauseFact, pausedBecause } from './pause-fact.js';
import type { PlatformReaction } from './route.js';
import type { Reason, RouteAction, RouteDecision, RouteHoldReason } from './route-decision.js';
import type { RouteFacts } from './route-facts.js';
import { holdUntilOf } from './routing-timing.js';

/**
 * What one target does now. Pure: the same facts and `now` give the same decision.
 * The caller reserves what the decision needs and asks again when that fails.
 */
export const decide = (facts: RouteFacts, now: Date): RouteDecision => {
  const { trouble, target, origin } = facts;
  if (trouble === 'unknown_outcome') return afterUnknown(facts, now);
  if (now >= target.staleAt)
    return because({ kind: 'miss' }, reason('stale', `It was worth nothing after ${target.staleAt.toISOString()}.`));
  const paused = pauseOf(facts);
  if (paused) return because({ kind: 'hold', reason: 'paused', until: target.staleAt }, pausedBecause(paused));
  if (trouble === 'rejected') return afterRejection(facts);
  if (trouble === 'account' || origin.accountStatus !== 'active') return onAccountTrouble(facts, now);
  const elsewhereAtLast = afterVainTries(facts, now);
  if (elsewhereAtLast) return elsewhereAtLast;
  const byState = onPlatformState(facts, now);
  // Where the platform itself is unwell, waiting for its quota would only keep the post from going elsewhere.
  if (byState.kind !== 'publish' || !origin.quotaResetsAt || now >= origin.quotaResetsAt) return byState;
  return onQuota(facts, now, origin.quotaResetsAt);
};

/** The switch that stops it; an account's is its status. */
const pauseOf = ({ paused, origin }: RouteFacts): PauseFact | undefined =>
  paused ?? (origin.accountStatus === 'paused' ? { scope: 'account' } : undefined);

/** Nobody knows whether it is live: never again on this account; elsewhere only if the route says so. */
const afterUnknown = (facts: RouteFacts, now: Date): RouteDecision => {
  const { target, route } = facts;
  const doubt = reason(
    'outcome_unknown',
    'The platform may have published it; we keep asking and never send it twice.',
  );
  const wait: RouteAction = { kind: 'hold', reason: 'platform', until: target.staleAt };
  if (now >= target.staleAt) return because(wait, doubt, reason('stale', 'It is too late for a replacement.'));
  const paused = pauseOf(facts);
  if (paused) return because(wait, doubt, pausedBecause(paused));
  if (route.onUnknown === 'wait') return because(wait, doubt, reason('route_waits', 'The route says to wait.'));
  const { reroute, reasons } = elsewhere(facts);
  return because(reroute ?? wait, doubt, ...reasons);
};

/** The platform said no for good. Another account may take it; nothing else can happen. */
const afterRejection = (facts: RouteFacts): RouteDecision => {
  const refused = reason('rejected', `${platformTitle(facts.origin.platform)} refused this post for good.`);
  if (facts.route.onAccountTrouble === 'hold')
    return because({ kind: 'miss' }, refused, reason('route_stays', 'The route does not go elsewhere with it.'));
  const { reroute, reasons } = elsewhere(facts);
  return because(reroute ?? { kind: 'miss' }, refused, ...reasons);
};

const onAccountTrouble = (facts: RouteFacts, now: Date): RouteDecision => {
  const { accountStatus } = facts.origin;
  const why = reason('account_trouble', `The account cannot publish now (${accountStatus}). Connect it again.`);
  return react(facts, now, { reaction: facts.route.onAccountTrouble, reason: 'account', why });
};

/**
 * A platform that takes nothing for the whole hold time is not worth more patience, where the route goes elsewhere at
 * all. Time alone does not tell: it may have passed while our own line was cut. Without a fallback it is tried on.
 */
const afterVainTries = (facts: RouteFacts, now: Date): RouteDecision | undefined => {
  const { target, route, timing, origin } = facts;
  const { tries = 0 } = target;
  if (tries < triesThatTell(origin) || origin.state === 'down') return undefined;
  if (now < holdUntilOf(target, route, timing)) return undefined;
  if (route.onDown !== 'reroute' && route.onDegraded !== 'reroute') return undefined;
  const { reroute, reasons } = elsewhere(facts);
  if (!reroute) return undefined;
  const minutes = Math.round(timing.holdForMs(route) / MINUTE_MS);
  const span = minutes > 0 ? ` for ${minutes} minutes` : '';
  const vain = `It could not be sent${span} in ${tries} ${tries === 1 ? 'try' : 'tries'}`;
  return because(
    reroute,
    reason('could_not_send', `${vain} although ${platformTitle(origin.platform)} looks ${origin.state}.`),
    ...reasons,
  );
};

/**
 * Tries in vain before the platform, and not chance, is to blame. One that looks well fails less than a quarter of its
 * posts, else health would have heard it (design section 5): five in a row are chance once in a thousand.
 */
const TRIES_THAT_TELL = 5;

/** Known to be unwell, it need not be proven by this one post. */
const triesThatTell = ({ state }: RouteFacts['origin']): number => (state === 'degraded' ? 1 : TRIES_THAT_TELL);

/** A wait within the hold time is just waited; a longer one may go elsewhere, as with other trouble of the account. */
const onQuota = (facts: RouteFacts, now: Date, resetsAt: Date): RouteDecision => {
  const { target, route, timing, origin } = facts;
  const why = reason(
    'quota_exhausted',
    `No publish is left on ${platformTitle(origin.platform)} until ${resetsAt.toISOString()}.`,
  );
  const holdUntil = holdUntilOf(target, route, timing);
  const wait = (until: Date): RouteAction => ({
    kind: 'hold',
    reason: 'quota',
    until: until < target.staleAt ? until : target.staleAt,
  });
  if (resetsAt <= holdUntil || resetsAt <= plusMs(now, MINUTE_MS)) return because(wait(resetsAt), why);
  if (route.onAccountTrouble === 'hold' && now < holdUntil) return because(wait(holdUntil), why);
  const { reroute, reasons } = elsewhere(facts);
  return because(reroute ?? wait(resetsAt), why, ...reasons);
};

const onPlatformState = (facts: RouteFacts, now: Date): RouteDecision => {
  const { origin, route } = facts;
  const why = reason(
    `platform_${origin.state}`,
    origin.because ?? `${platformTitle(origin.platform)} is ${origin.state}.`,
  );
  switch (origin.state) {
    case 'healthy':
      return because({ kind: 'publish' }, why);
    case 'recovering':
      // Going elsewhere would be needless in most cases: the ramp takes less than a usual hold.
      return origin.admitted
        ? because({ kind: 'publish' }, why, reason('admitted', 'It is among the posts let through while it recovers.'))
        : react(facts, now, { reaction: route.onDown === 'publish' ? 'publish' : 'hold', reason: 'platform', why });
    case 'degraded': {
      const nowhere = route.onDegraded === 'reroute' && facts.fallbacks.length === 0;
      return react(facts, now, { reaction: nowhere ? 'publish' : route.onDegraded, reason: 'platform', why });
    }
    case 'down':
      return react(facts, now, { reaction: route.onDown, reason: 'platform', why });
  }
};

interface Reaction {
  readonly reaction: PlatformReaction;
  readonly reason: RouteHoldReason;
  readonly why: Reason;
}

/** Publish, or hold for the route's time; then elsewhere, else publish what is only degraded, else wait to the end. */
const react = (facts: RouteFacts, now: Date, { reaction, reason: holdReason, why }: Reaction): RouteDecision => {
  const { target, origin, route, timing } = facts;
  if (reaction === 'publish') return because({ kind: 'publish' }, why, reason('route_publishes', 'The route says so.'));
  const holdUntil = holdUntilOf(target, route, timing);
  const isExpired = now >= holdUntil;
  if (reaction === 'hold' && !isExpired) return because({ kind: 'hold', reason: holdReason, until: holdUntil }, why);
  const { reroute, reasons, panic } = elsewhere(facts);
  if (reroute) return because(reroute, why, ...reasons);
  if (isBroadcastDue(facts, now))
    return because({ kind: 'broadcast' }, why, ...reasons, reason('broadcast_due', 'The backup list is the last way.'));
  if (isExpired && holdReason === 'platform' && origin.state === 'degraded')
    return because({ kind: 'publish' }, why, ...reasons, reason('hold_over', 'Degraded is better than late.'));
  const until = isExpired ? target.staleAt : holdUntil;
  return because({ kind: 'hold', reason: panic ? 'panic' : holdReason, until }, why, ...reasons);
};

/** The way to another account, or every reason why there is none. */
const elsewhere = (facts: RouteFacts): { reroute?: RouteAction; reasons: readonly Reason[]; panic?: true } => {
  const { role } = facts.target;
  if (role === 'catch_up' || role === 'fill')
    return { reasons: [reason('stays_here', `A ${role} is made for this account and goes nowhere else.`)] };
  if (isPanic(facts))
    return { panic: true, reasons: [reason('panic', 'Most platforms of this workspace are down; rerouting stops.')] };
  const { chosen, refusals } = chooseFallback(facts);
  if (!chosen) return { reasons: [reason('no_fallback', 'No fallback of the route can take it now.'), ...refusals] };
  return {
    reroute: { kind: 'reroute', accountId: chosen.accountId },
    reasons: [takenBecause(chosen), ...refusals],
  };
};

const isBroadcastDue = ({ target, route, timing }: RouteFacts, now: Date): boolean => {
  const afterMs = timing.broadcastAfterMs(route);
  return target.broadcastAsked === false && afterMs !== undefined && now >= plusMs(target.scheduledAt, afterMs);
};

const reason = (code: string, text: string): Reason => ({ code, text });
const because = (action: RouteAction, ...reasons: readonly Reason[]): RouteDecision => ({ ...action, reasons });
