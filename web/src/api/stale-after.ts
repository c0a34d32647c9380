import type { EventsFollowData } from './generated/types.gen.ts';

/** The closed list of what the server tells. */
export type EventType = NonNullable<NonNullable<EventsFollowData['query']>['types']>[number];

const POST = ['Now', 'Posts', 'Targets', 'Calendar', 'Incidents', 'Readiness'];
const PLATFORM = ['Now', 'Platforms', 'Incidents', 'Readiness', 'Pauses'];

/** Which tags of the API an event makes stale. The compiler wants every type here. */
export const STALE_AFTER: Readonly<Record<EventType, readonly string[]>> = {
  'post.scheduled': POST,
  'post.published': POST,
  'post.partial': POST,
  'post.failed': POST,
  'post.unconfirmed': POST,
  'post.needs_decision': POST,
  'post.reconciled': POST,
  'post.rerouted': POST,
  'post.held': POST,
  'post.missed': POST,
  'post.cancelled': POST,
  'post.gone': POST,
  'post.duplicated': POST,
  'post.removed': POST,
  'post.announced': POST,
  'approval.requested': ['Now', 'Approvals', 'Posts'],
  'approval.given': ['Now', 'Approvals', 'Posts'],
  'approval.rejected': ['Now', 'Approvals', 'Posts'],
  'approval.withdrawn': ['Now', 'Approvals', 'Posts'],
  'handoff.due': ['Now', 'Hand-offs', 'Targets'],
  'handoff.skipped': ['Now', 'Hand-offs', 'Targets'],
  'platform.degraded': PLATFORM,
  'platform.down': PLATFORM,
  'platform.recovering': PLATFORM,
  'platform.recovered': PLATFORM,
  'platform.overridden': PLATFORM,
  'platform.override_ended': PLATFORM,
  'platform.paused': PLATFORM,
  'platform.resumed': PLATFORM,
  'workspace.paused': ['Now', 'Workspaces', 'Pauses'],
  'workspace.resumed': ['Now', 'Workspaces', 'Pauses'],
  'incident.updated': PLATFORM,
  'account.connected': ['Now', 'Accounts', 'Readiness', 'Pauses'],
  'account.paused': ['Now', 'Accounts', 'Readiness', 'Pauses'],
  'account.resumed': ['Now', 'Accounts', 'Readiness', 'Pauses'],
  'account.needs_reconnect': ['Now', 'Accounts', 'Readiness', 'Pauses'],
  'account.disconnected': ['Now', 'Accounts', 'Readiness', 'Pauses'],
  'route.changed': ['Routes', 'Readiness'],
  'broadcast.waiting': ['Now', 'Audience'],
  'broadcast.paused': ['Now', 'Audience'],
  'broadcast.sent': ['Now', 'Audience'],
  'subscriber.bounced': ['Audience'],
  'subscriber.complained': ['Audience'],
  'subscriber.paused': ['Audience'],
  'drill.finished': ['Drills'],
  'radar.alert': ['Radar'],
  'webhook.disabled': ['Webhooks'],
};
