import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { decide } from '../../../routing/domain/decide.js';
import type { Reason, RouteDecision } from '../../../routing/domain/route-decision.js';
import type { RouteFacts } from '../../../routing/domain/route-facts.js';
import type { TargetRecord } from '../targets/target-record.js';
import { type ImaginedOutage, isFull, isObstacle, type RehearsedTarget } from './rehearsal.js';

/** Looks at one target at most; each is later than the one before. Two days of waiting for a full fallback take 50. */
const MAX_LOOKS = 60;
/** A fallback that is full is asked again after this, and after a growing wait, ms. */
const FULL_WAIT_MS = 5 * MINUTE_MS;
const WAIT_GROWTH = 1 / 8;

/** A target and how routing's facts look while the platform is out, and once it is well again. */
export interface Rehearsal {
  readonly target: TargetRecord;
  /** @param isOut false: the outage is over */
  readonly factsAt: (at: Date, isOut: boolean) => RouteFacts;
}

/** What the router's answers so far have taught. */
type Learnt = Pick<RehearsedTarget, 'asksBroadcast' | 'hasFallback' | 'obstacles'>;

/**
 * Follows one target through an outage by asking the router at every instant at which its answer can change: when it is
 * due, when its hold ends, when its route asks for the backup list, when it gets stale, when the outage ends.
 * Pure. The outage is taken as known from its first second, and the ramp after it as passed at once.
 */
export const rehearseTarget = (rehearsal: Rehearsal, { from, until }: ImaginedOutage): RehearsedTarget => {
  const { target } = rehearsal;
  const first = latest(target.status === 'held' ? from : latest(target.dueAt, target.scheduledAt), from);
  let at = first;
  let learnt: Learnt = { asksBroadcast: false, obstacles: [] };
  for (let look = 0; look < MAX_LOOKS && at < until; look += 1) {
    const facts = rehearsal.factsAt(at, true);
    const asked = askRouter(facts, at, learnt);
    learnt = asked.learnt;
    const { decision } = asked;
    const fate = fateOf(target, decision, at, learnt);
    if (fate) return fate;
    const again = plusMs(at, Math.max(FULL_WAIT_MS, (at.getTime() - first.getTime()) * WAIT_GROWTH));
    at = nextLook(facts, decision, { at, again, until });
  }
  return afterwards(rehearsal, latest(at, until), learnt);
};

/** The answer, as it is once the backup list was asked for. */
const askRouter = (facts: RouteFacts, at: Date, learnt: Learnt): { decision: RouteDecision; learnt: Learnt } => {
  const asking = (broadcastAsked: boolean) => decide({ ...facts, target: { ...facts.target, broadcastAsked } }, at);
  const first = asking(learnt.asksBroadcast);
  const asksBroadcast = learnt.asksBroadcast || first.kind === 'broadcast';
  const decision = first.kind === 'broadcast' ? asking(true) : first;
  // The first answer about other accounts tells whether the route is any help.
  const seen = learnt.hasFallback === undefined ? fallbackSeen(decision.reasons) : undefined;
  return { decision, learnt: { ...learnt, ...seen, asksBroadcast } };
};

const fallbackSeen = (reasons: readonly Reason[]): Pick<Learnt, 'hasFallback' | 'obstacles'> | undefined => {
  const isTaken = reasons.some(({ code }) => code === 'fallback_taken');
  const obstacles = reasons.filter(({ code }) => isObstacle(code));
  return isTaken || obstacles.length > 0 ? { hasFallback: isTaken, obstacles } : undefined;
};

/** undefined: it waits on. */
const fateOf = (
  target: TargetRecord,
  decision: RouteDecision,
  at: Date,
  learnt: Learnt,
): RehearsedTarget | undefined => {
  const base = { ...identity(target), at, ...learnt, reasons: decision.reasons };
  switch (decision.kind) {
    case 'reroute':
      return { ...base, fate: 'moved', toAccountId: decision.accountId };
    case 'miss':
      return { ...base, fate: 'missed' };
    case 'publish':
      return { ...base, fate: decision.reasons[0]?.code === 'platform_healthy' ? 'unaffected' : 'exposed' };
    case 'hold':
      return decision.reason === 'paused' ? { ...base, fate: 'paused' } : undefined;
    case 'broadcast':
      return undefined;
  }
};

const nextLook = (
  { target, route, timing }: RouteFacts,
  decision: RouteDecision,
  { at, again, until }: { readonly at: Date; readonly again: Date; readonly until: Date },
): Date => {
  const broadcastMs = timing.broadcastAfterMs(route);
  const instants = [
    target.staleAt,
    ...(decision.kind === 'hold' ? [decision.until] : []),
    ...(decision.reasons.some(({ code }) => isFull(code)) ? [again] : []),
    ...(broadcastMs === undefined ? [] : [plusMs(target.scheduledAt, broadcastMs)]),
  ];
  return instants.filter((instant) => instant > at).reduce(earliest, until);
};

/** The platform is well again, and it is asked once more. */
const afterwards = ({ target, factsAt }: Rehearsal, at: Date, learnt: Learnt): RehearsedTarget => {
  const decision = decide(factsAt(at, false), at);
  const base = { ...identity(target), at, ...learnt, reasons: decision.reasons };
  switch (decision.kind) {
    case 'publish':
      return { ...base, fate: 'late' };
    case 'reroute':
      return { ...base, fate: 'moved', toAccountId: decision.accountId };
    case 'miss':
      return { ...base, at: target.staleAt, fate: 'missed' };
    case 'hold':
    case 'broadcast':
      return { ...base, fate: decision.kind === 'hold' && decision.reason === 'paused' ? 'paused' : 'stuck' };
  }
};

const identity = ({ id: targetId, occurrenceId, accountId, scheduledAt }: TargetRecord) => ({
  targetId,
  occurrenceId,
  accountId,
  scheduledAt,
});

const latest = (a: Date, b: Date): Date => (a > b ? a : b);
const earliest = (a: Date, b: Date): Date => (a < b ? a : b);
