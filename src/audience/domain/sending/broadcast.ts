import { createHash } from 'node:crypto';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';

export const BROADCAST_KINDS = ['news', 'blackout', 'all_clear'] as const;
export type BroadcastKind = (typeof BROADCAST_KINDS)[number];

export const BROADCAST_STATUSES = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled'] as const;
export type BroadcastStatus = (typeof BROADCAST_STATUSES)[number];

/** What a broadcast says: Liquid templates. */
export interface BroadcastContent {
  readonly subject: string;
  readonly bodyText: string;
  readonly bodyHtml: string | null;
}

/** One message to the list. */
export interface Broadcast extends BroadcastContent {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly kind: BroadcastKind;
  readonly incidentId: string | null;
  /** Of its incident. */
  readonly platform?: PlatformName | null;
  readonly status: BroadcastStatus;
  /** What `bodyHtml` was made of; null: it was written as HTML. */
  readonly bodyMjml: string | null;
  /** Only subscribers with any of these; empty: everyone. */
  readonly tags: readonly string[];
  /** Only subscribers of this segment; null: everyone. */
  readonly segmentId: string | null;
  /** When a `scheduled` one starts. */
  readonly scheduledAt: Date | null;
  /** Why it was paused or did not start, when no person did it; stays when a person resumes it all the same. */
  readonly pauseReason: string | null;
  readonly frozenAt: Date | null;
  readonly approvedBy: string | null;
  readonly finishedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
}

/**
 * Every allowed change of a broadcast's status; all others are refused.
 * `sent` and `cancelled` are final: a broadcast is frozen to its recipients once.
 */
export const BROADCAST_CHANGES: Readonly<Record<BroadcastStatus, readonly BroadcastStatus[]>> = {
  draft: ['scheduled', 'sending', 'cancelled'],
  scheduled: ['draft', 'sending', 'cancelled'],
  sending: ['paused', 'sent', 'cancelled'],
  paused: ['sending', 'cancelled'],
  sent: [],
  cancelled: [],
};

export const mayChange = (from: BroadcastStatus, to: BroadcastStatus): boolean => BROADCAST_CHANGES[from].includes(to);

/** Nobody got it yet, and it may still go out. */
export const isUnsent = ({ status }: Pick<Broadcast, 'status'>): boolean =>
  status === 'draft' || status === 'scheduled';

/** SHA-256 of what was approved: kind, audience and templates. */
export const contentHash = (
  broadcast: Pick<Broadcast, 'kind' | 'tags' | 'segmentId' | keyof BroadcastContent>,
): Buffer => {
  const { kind, tags, segmentId, subject, bodyText, bodyHtml } = broadcast;
  return createHash('sha256')
    .update(JSON.stringify([kind, [...tags].sort(), segmentId, subject, bodyText, bodyHtml]))
    .digest();
};

/** Who approved a notice that went out by its workspace's route. */
export const AUTOMATIC_APPROVER = 'system:route';

/** States of one recipient's row. */
export const RECIPIENT_STATES = [
  'pending',
  'claimed',
  'handed',
  'accepted',
  'deferred',
  'failed',
  'suppressed',
  'unknown',
] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];
export type RecipientCounts = Readonly<Record<RecipientState, number>>;
