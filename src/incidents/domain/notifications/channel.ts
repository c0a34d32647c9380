import type { NotificationKind, Severity } from './change.js';
import type { QuietHours } from './quiet-hours.js';

export const CHANNEL_KINDS = ['email', 'discord', 'telegram', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** `workspace`: what happens there and on its platforms. `instance`: what happens to all, for who runs the server. */
export type ChannelScope = 'workspace' | 'instance';

/** More are refused. */
export const MAX_CHANNELS = 20;

/** Wakes people unless they say otherwise. */
export const URGENT_KINDS: readonly NotificationKind[] = ['incident.opened', 'incident.worse'];

/** What an instance-wide channel hears unless asked: not the daily life of every tenant. */
export const INSTANCE_KINDS: readonly NotificationKind[] = [
  'incident.opened',
  'incident.worse',
  'incident.recovered',
  'radar.alert',
];

/** What a channel wants to hear, and when. */
export interface ChannelWishes {
  /** Empty: every kind. */
  readonly kinds: readonly NotificationKind[];
  readonly minSeverity: Severity;
  readonly quietHours?: QuietHours;
  /** Kinds that come through quiet hours. */
  readonly urgentKinds: readonly NotificationKind[];
}

/** A way to tell people; everything but its secrets. */
export interface Channel extends ChannelWishes {
  readonly id: string;
  readonly workspaceId: string;
  readonly scope: ChannelScope;
  readonly kind: ChannelKind;
  readonly name: string;
  /** Where it leads, fit to be shown. */
  readonly hint: string;
  readonly webhookId: string | null;
  readonly createdAt: Date;
  /** null: nobody has shown yet that the address is theirs; nothing is sent. */
  readonly verifiedAt: Date | null;
  /** First of the failures since the last success. */
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly disabledAt: Date | null;
  /** `person`: by hand. `gone`: the other side says that the address or token is dead. */
  readonly disabledReason: 'person' | 'gone' | null;
}

export type ChannelStatus = 'unverified' | 'active' | 'failing' | 'disabled';

export const statusOfChannel = ({ disabledAt, verifiedAt, failingSince }: Channel): ChannelStatus => {
  if (disabledAt) return 'disabled';
  if (!verifiedAt) return 'unverified';
  return failingSince ? 'failing' : 'active';
};
