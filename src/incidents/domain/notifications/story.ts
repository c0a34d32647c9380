import type { Change, KnownIncident } from './change.js';

/** What a channel is told of one step of an incident, and what it knows afterwards. */
export interface Story {
  /** undefined: nothing that it does not know. */
  readonly told?: Change;
  /** undefined: nothing, the incident is over or was never told. */
  readonly knows?: KnownIncident;
}

/**
 * Where a step of an incident stands in what a channel was told: the first bad word opens it, `down` after `degraded` is
 * worse, and the end is told to who heard of the beginning. A relapse within an incident tells nothing new, so a
 * platform that flaps is told of once.
 */
export const storyOf = (change: Change, known: KnownIncident | undefined): Story => {
  if (change.state === undefined) return { told: change, ...(known ? { knows: known } : {}) };
  if (change.state === 'healthy') return known ? { told: { ...change, since: known.openedAt } } : {};
  if (!known) return { told: change, knows: { state: change.state, openedAt: change.at } };
  if (known.state === 'down' || change.state === 'degraded') return { knows: known };
  return {
    told: { ...change, kind: 'incident.worse', since: known.openedAt },
    knows: { ...known, state: 'down' },
  };
};
