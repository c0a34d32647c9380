/** What a message can be about: the words of the filter. */
export const NOTIFICATION_KINDS = [
  'incident.opened',
  'incident.worse',
  'incident.recovered',
  'post.needs_decision',
  'account.needs_reconnect',
  'account.disconnected',
  'drill.finished',
  'radar.alert',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What is gathered into one message: changes of one family that come together. */
export const FAMILIES = ['incident', 'post', 'account', 'drill', 'radar'] as const;
export type Family = (typeof FAMILIES)[number];

export const familyOf = (kind: NotificationKind): Family => kind.split('.')[0] as Family;

/** `info`: good to know. `warning`: a person should look. `critical`: posts do not go out. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const isAtLeast = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) >= SEVERITIES.indexOf(other);

export const worstOf = (severities: readonly Severity[]): Severity =>
  severities.reduce((worst, one) => (isAtLeast(one, worst) ? one : worst), 'info');

/** How bad a platform is, as far as a message tells it apart. */
export type IncidentState = 'degraded' | 'down' | 'healthy';

/** One change worth telling. It is kept as JSON, so instants are ISO texts. */
export interface Change {
  readonly kind: NotificationKind;
  readonly severity: Severity;
  /** What it is about: incident, target, account, drill or watch. A later change of one subject replaces an earlier. */
  readonly subject: string;
  /** null: of the whole instance. */
  readonly workspaceId: string | null;
  readonly at: string;
  readonly platform?: string;
  /** Missing: every region. */
  readonly region?: string;
  readonly incidentId?: string;
  /** Of an incident. */
  readonly state?: IncidentState;
  /** When the trouble that has ended began. */
  readonly since?: string;
  /** A name, a reason or a sentence for people. */
  readonly words?: string;
  /** Where to look, outside of Perennial. */
  readonly url?: string;
}

/** What is known of an incident that a channel was told of; nothing after it was told that it is over. */
export interface KnownIncident {
  readonly state: 'degraded' | 'down';
  readonly openedAt: string;
}
