/**
 * Everything that followers can be told, by type, with the shape of its data. The shapes are public (SSE, webhooks,
 * `GET /v1/events`): fields may be added, never renamed, retyped or removed.
 */

/** One target: a post on one account. Subject: the target. */
export interface TargetEventData {
  readonly targetId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: string;
  /** The target's status after what happened. */
  readonly status: string;
  /** Why, in one stable word. */
  readonly cause: string;
  /** ISO instant it is planned for. */
  readonly scheduledAt: string;
  /** Where it can be seen, once live and known. */
  readonly permalink?: string;
  readonly platformPostId?: string;
  /** What went wrong; `outcome` alone says whether something may be live. */
  readonly error?: { readonly category: string; readonly source: string; readonly outcome: string };
  /** For `post.held`: why and until when. */
  readonly holdReason?: string;
  readonly holdUntil?: string;
  /** For `post.rerouted`: who carries it now. */
  readonly replacement?: { readonly targetId: string; readonly accountId: string; readonly platform: string };
}

/** A person's approval of one target. Subject: the target. */
export interface ApprovalEventData {
  readonly targetId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: string;
  /** ISO instant it is planned for. */
  readonly scheduledAt: string;
  /** The target's status after what happened. */
  readonly status: string;
  /** `member:<id>` or `key:<prefix>`. */
  readonly actor: string;
  readonly comment?: string;
  /** For `approval.requested`: ISO instant after which it is missed. */
  readonly waitsUntil?: string;
}

/** One run of a post on all its accounts, when all have ended. Subject: the occurrence. */
export interface OccurrenceEventData {
  readonly postId: string;
  readonly occurrenceId: string;
  readonly liveCount: number;
  readonly targetCount: number;
}

/** A platform's health in one region. Subject: the incident, else `platform|region`. */
export interface PlatformEventData {
  readonly platform: string;
  /** null: every region. */
  readonly region: string | null;
  readonly state: string;
  readonly reason: string;
  readonly incidentId?: string | null;
  readonly overrideId?: string;
}

/** A public update about an incident; of one workspace, or of the whole instance. Subject: the incident. */
export interface IncidentEventData {
  readonly incidentId: string;
  readonly updateId: string;
  readonly platform: string;
  readonly region: string;
  readonly feature: string;
  readonly status: string;
  readonly text: string;
}

/** A connected account. Subject: the account. */
export interface AccountEventData {
  readonly accountId: string;
  readonly platform: string;
  readonly region: string;
  readonly displayName: string;
  readonly status: string;
  readonly reason?: string;
}

/** A route of the workspace. Subject: the route. */
export interface RouteEventData {
  readonly routeId: string;
  readonly change: string;
  readonly scope: string;
  readonly scopeId: string;
  readonly platform: string | null;
  readonly version: number;
}

/** A message to the backup list. Subject: the broadcast. */
export interface BroadcastEventData {
  readonly broadcastId: string;
  readonly kind: string;
  readonly incidentId: string | null;
  /** For `broadcast.waiting`: why it does not go by itself (`no_route`, `approval`, `daily_cap`, or a refusal's code). */
  readonly reason?: string;
}

/** A person on the backup list that mail no longer goes to. Subject: the subscriber. */
export interface SubscriberEventData {
  readonly subscriberId: string;
  /** The broadcast whose mail told us. */
  readonly broadcastId: string;
  /** Of the nine classes of bounces; null for a complaint. */
  readonly deliveryClass: string | null;
  /** `smtp`, `mail` or the provider that told us. */
  readonly source: string;
}

/** A webhook of the workspace. Subject: the webhook. */
export interface WebhookEventData {
  readonly webhookId: string;
  /** Scheme and host; the rest may hold a secret and stays with `GET /v1/webhooks/{id}`. */
  readonly url: string;
  /** `failing`: nothing but failures for a day; `gone`: it answered 410. */
  readonly reason: string;
}

/** A rehearsed outage that has ended. Subject: the drill. */
export interface DrillEventData {
  readonly drillId: string;
  /** `dry_run` or `sandbox`. */
  readonly kind: string;
  readonly platform: string;
  /** null: every region. */
  readonly region: string | null;
  /** `passed`, `failed` (an item is poor), `nothing_due`, or `aborted`. */
  readonly result: string;
  /** One sentence, at most 300 characters. */
  readonly summary: string;
  /** 0 to 100; null when nothing was scored. */
  readonly score: number | null;
  /** Points more than in the last drill of its kind and place; null without one. */
  readonly change: number | null;
}

/** Something the radar found out of the ordinary. Subject: the watch. */
export interface RadarEventData {
  readonly watchId: string;
  readonly alertId: string;
  /** One sentence for a person, at most 300 characters. */
  readonly summary: string;
  /** `app_rank` or `mentions`. */
  readonly source: string;
  readonly platform?: string;
  readonly region?: string;
  /** Where a person can look. */
  readonly url?: string;
}

/** A kill switch of a workspace or a platform. Subject: the workspace, or the platform's name. */
export interface PauseEventData {
  /** `workspace` or `platform`. */
  readonly scope: string;
  /** null: every platform of the workspace. */
  readonly platform: string | null;
  /** The person's own words. */
  readonly reason?: string;
  /** `member:<id>` or `key:<prefix>`; left out where an operator switched for every workspace. */
  readonly actor?: string;
}

/** Every type, what it means, and which data it carries. */
export const EVENT_CATALOGUE = {
  'post.scheduled': { data: 'target', meaning: 'A post is planned on an account, for the first time or again.' },
  'post.published': { data: 'target', meaning: 'It is live.' },
  'post.partial': { data: 'occurrence', meaning: 'All accounts of a run have ended, and only some are live.' },
  'post.failed': { data: 'target', meaning: 'It will not be tried again by itself.' },
  'post.unconfirmed': { data: 'target', meaning: 'It was sent and nobody knows whether it is live; we keep looking.' },
  'post.needs_decision': { data: 'target', meaning: 'We could not find out; a person must say what became of it.' },
  'post.reconciled': { data: 'target', meaning: 'A doubt ended: it was found live.' },
  'post.rerouted': { data: 'target', meaning: 'Another account publishes it instead, or as well while in doubt.' },
  'post.held': { data: 'target', meaning: 'It waits, with a reason and an end.' },
  'post.missed': { data: 'target', meaning: 'It got too old before it could be published.' },
  'post.cancelled': { data: 'target', meaning: 'A person cancelled it.' },
  'post.gone': { data: 'target', meaning: 'The platform says that a live post is not public any more.' },
  'post.duplicated': { data: 'target', meaning: 'A second copy of it was found live on the account: look at both.' },
  'post.removed': { data: 'target', meaning: 'A copy that landed late was taken down, as its route says.' },
  'post.announced': { data: 'target', meaning: 'A message with the links of a moved post went out.' },
  'approval.requested': { data: 'approval', meaning: 'A post waits for a person who approves it.' },
  'approval.given': { data: 'approval', meaning: 'A person approved it; it goes out at its time.' },
  'approval.rejected': { data: 'approval', meaning: 'A person rejected it, and said why; it stays held.' },
  'approval.withdrawn': { data: 'approval', meaning: 'A person took an approval back, before the call began.' },
  'handoff.due': { data: 'target', meaning: 'A person is to post it by hand now.' },
  'handoff.skipped': { data: 'target', meaning: 'The person skipped it.' },
  'platform.degraded': { data: 'platform', meaning: 'Publishing to a platform fails more often than usual.' },
  'platform.down': { data: 'platform', meaning: 'Publishing to a platform fails.' },
  'platform.recovering': { data: 'platform', meaning: 'A platform gets better; publishing returns step by step.' },
  'platform.recovered': { data: 'platform', meaning: 'A platform is healthy again.' },
  'platform.overridden': { data: 'platform', meaning: "A person pinned a platform's health." },
  'platform.override_ended': { data: 'platform', meaning: 'A person ended such a pin.' },
  'platform.paused': { data: 'pause', meaning: 'A person stopped publishing to a platform.' },
  'platform.resumed': { data: 'pause', meaning: 'A person let it go on.' },
  'workspace.paused': { data: 'pause', meaning: 'A person stopped all publishing of the workspace.' },
  'workspace.resumed': { data: 'pause', meaning: 'A person let it go on.' },
  'incident.updated': { data: 'incident', meaning: 'The public was told how an affected feature does.' },
  'account.connected': { data: 'account', meaning: 'An account was connected, or connected again.' },
  'account.paused': { data: 'account', meaning: 'A person paused an account.' },
  'account.resumed': { data: 'account', meaning: 'A person ended the pause.' },
  'account.needs_reconnect': { data: 'account', meaning: 'The platform refuses its credentials: connect it again.' },
  'account.disconnected': { data: 'account', meaning: 'An account was disconnected; its credentials are erased.' },
  'route.changed': { data: 'route', meaning: 'A route was created, changed or deleted.' },
  'broadcast.waiting': { data: 'broadcast', meaning: 'A notice of an outage is due, and a person must send it.' },
  'broadcast.paused': { data: 'broadcast', meaning: 'Too many complaints or dead addresses: a broadcast was paused.' },
  'broadcast.sent': { data: 'broadcast', meaning: 'A broadcast has gone out to the last recipient.' },
  'subscriber.bounced': { data: 'subscriber', meaning: 'Mail to a subscriber can never arrive: taken off the list.' },
  'subscriber.complained': { data: 'subscriber', meaning: 'A subscriber called our mail spam: taken off the list.' },
  'subscriber.paused': { data: 'subscriber', meaning: 'Mail to a subscriber failed too often: none for 30 days.' },
  'drill.finished': { data: 'drill', meaning: 'A drill has ended; its report says what an outage would do.' },
  'radar.alert': { data: 'radar', meaning: 'An app jumped in its chart, or a crowd says that something is down.' },
  'webhook.disabled': { data: 'webhook', meaning: 'A webhook was switched off because its receiver failed or left.' },
} as const satisfies Readonly<Record<string, { data: keyof EventDataByKind; meaning: string }>>;

/** The shapes of data by their kind. */
export interface EventDataByKind {
  readonly target: TargetEventData;
  readonly approval: ApprovalEventData;
  readonly occurrence: OccurrenceEventData;
  readonly platform: PlatformEventData;
  readonly incident: IncidentEventData;
  readonly account: AccountEventData;
  readonly route: RouteEventData;
  readonly broadcast: BroadcastEventData;
  readonly subscriber: SubscriberEventData;
  readonly webhook: WebhookEventData;
  readonly radar: RadarEventData;
  readonly drill: DrillEventData;
  readonly pause: PauseEventData;
}

export type EventType = keyof typeof EVENT_CATALOGUE;
export type EventDataKind = keyof EventDataByKind;

/** The types whose data has this kind. */
export type EventTypeOf<Kind extends EventDataKind> = {
  [Type in EventType]: (typeof EVENT_CATALOGUE)[Type]['data'] extends Kind ? Type : never;
}[EventType];

export const EVENT_TYPES = Object.keys(EVENT_CATALOGUE) as readonly EventType[];

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENT_CATALOGUE, type);
