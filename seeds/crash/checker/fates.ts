import type { Linked } from './linked.ts';
import { type History, type TargetRow, TERMINAL } from './rows.ts';

export type Fate = 'live' | 'needsDecision' | 'missed' | 'cancelled' | 'stuck' | 'lost';

/** What became of each run that was asked for: its origin, with everything that stands for it. */
export const fatesOf = ({ targets }: History, linked: readonly Linked[]): ReadonlyMap<string, Fate> => {
  const live = new Set(linked.map(({ target }) => target?.id));
  const families = Map.groupBy(targets, ({ rootId }) => rootId);
  const origins = targets.filter(({ role }) => role === 'origin');
  return new Map(origins.map(({ id }) => [id, fateOf(families.get(id) ?? [], live)]));
};

const fateOf = (family: readonly TargetRow[], live: ReadonlySet<string | undefined>): Fate => {
  const is = (status: string) => family.some((target) => target.status === status);
  if (family.some(({ id, status }) => status === 'published' && live.has(id))) return 'live';
  if (is('needs_decision')) return 'needsDecision';
  if (family.some(({ status }) => !TERMINAL.includes(status))) return 'stuck';
  if (is('published')) return 'lost';
  if (is('missed')) return 'missed';
  return is('cancelled') ? 'cancelled' : 'lost';
};

/** Irreversible calls whose outcome was not written when their worker was killed: all that may need a person. */
export const callsOpenAtKills = ({ attempts, kills }: History): number =>
  attempts.filter(({ workerId, commitStartedAt, outcomeAt }) =>
    kills.some(
      ({ at, workerIds }) =>
        workerIds.includes(workerId) &&
        commitStartedAt !== null &&
        commitStartedAt <= at &&
        (outcomeAt === null || outcomeAt > at),
    ),
  ).length;
