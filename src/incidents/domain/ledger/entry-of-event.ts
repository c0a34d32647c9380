import type { EntryDraft, EntryKind, PlacedDraft } from './ledger-entry.js';
import { sentenceOf } from './sentence.js';

/** An event as the outbox hands it over; only what concerns the ledger. */
export interface FollowedEvent {
  readonly id: string;
  readonly xid: string;
  readonly workspaceId: string | null;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** What an event about a target decides about its fate; that it was planned is none. */
export const DECISIONS = [
  'post.published',
  'post.failed',
  'post.unconfirmed',
  'post.needs_decision',
  'post.reconciled',
  'post.rerouted',
  'post.held',
  'post.missed',
  'post.cancelled',
  'post.gone',
  'post.duplicated',
] as const;
export type DecisionType = (typeof DECISIONS)[number];

/** What is said of a platform as a whole. */
const OF_PLATFORM: Readonly<Record<string, EntryKind>> = {
  'platform.overridden': 'override',
  'platform.override_ended': 'override',
  'platform.paused': 'override',
  'platform.resumed': 'override',
  'radar.alert': 'advisory',
};
const TRANSITIONS = ['platform.degraded', 'platform.down', 'platform.recovering', 'platform.recovered'];

/** The line of an event, with how its incident is found; undefined: it tells the ledger nothing. */
export const entryOfEvent = (event: FollowedEvent): PlacedDraft | undefined => {
  const { type, payload } = event;
  if (isDecision(type) && event.workspaceId !== null && typeof payload.targetId === 'string')
    return { draft: draftOf(event, 'decision'), place: { by: 'target', targetId: payload.targetId } };
  const kind = OF_PLATFORM[type];
  if (kind && typeof payload.platform === 'string') {
    const region = typeof payload.region === 'string' ? payload.region : null;
    return { draft: draftOf(event, kind), place: { by: 'platform', platform: payload.platform, region } };
  }
  if (type === 'broadcast.sent' && typeof payload.incidentId === 'string')
    return { draft: draftOf(event, 'audience'), place: { by: 'incident', incidentId: payload.incidentId } };
  return undefined;
};

/** The incidents whose health changed in these events. `hasOpened`: what came before them may belong there too. */
export const changedIncidents = (
  events: readonly FollowedEvent[],
): { readonly ids: readonly string[]; readonly hasOpened: boolean } => {
  const changes = events.filter(({ type, payload }) => TRANSITIONS.includes(type) && incidentIn(payload) !== undefined);
  return {
    ids: [...new Set(changes.flatMap(({ payload }) => incidentIn(payload) ?? []))],
    hasOpened: changes.some(({ type }) => type === 'platform.degraded' || type === 'platform.down'),
  };
};

const isDecision = (type: string): type is DecisionType => (DECISIONS as readonly string[]).includes(type);

const incidentIn = ({ incidentId }: FollowedEvent['payload']): string | undefined =>
  typeof incidentId === 'string' ? incidentId : undefined;

const draftOf = (event: FollowedEvent, kind: EntryKind): EntryDraft => ({
  sourceKey: `event|${event.xid}-${event.id}`,
  at: event.at,
  kind,
  type: event.type,
  workspaceId: event.workspaceId,
  subjectId: event.subjectId,
  actor: null,
  text: sentenceOf(event.type, event.payload),
  data: event.payload,
});
