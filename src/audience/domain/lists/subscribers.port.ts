import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Attributes } from './attributes.js';
import type { Acceptance } from './channels.js';
import type { PhoneStatus } from './phone-consents.port.js';
import type { SegmentFilter } from './segment.js';
import type { Subscriber, SubscriberStatus, SuppressionReason } from './subscriber.js';

/** What is known of an address before it is signed up. */
export interface KnownAddress {
  readonly emailHmac: Buffer;
  readonly status?: SubscriberStatus;
  readonly suppression?: SuppressionReason;
  readonly recentRequests: number;
  readonly confirmSentCount: number;
}

/** A subscriber as a sign-up writes it. Left-out fields of one who is known stay. */
export interface SubscriberWrite {
  readonly email: string;
  readonly emailHmac: Buffer;
  readonly status: 'pending' | 'confirmed';
  readonly zone?: string;
  readonly language?: string;
  readonly tags?: readonly string[];
  readonly attributes?: Attributes;
  readonly accepts?: readonly Acceptance[];
  readonly phone?: { readonly number: string; readonly hmac: Buffer; readonly status: PhoneStatus | null };
  readonly confirm?: { readonly tokenHash: Buffer; readonly lifeMs: number; readonly number: number };
  /** Used when the address is new. */
  readonly unsubscribeToken: string;
}

export interface SubscriberFilter {
  readonly status?: SubscriberStatus;
  readonly tag?: string;
  readonly emailHmac?: Buffer;
  readonly segment?: SegmentFilter;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The list itself. */
export abstract class Subscribers {
  /** Rows of these addresses, locked, with what suppresses them. @param windowMs how far back requests are counted */
  abstract known(
    workspaceId: WorkspaceId,
    hmacs: readonly Buffer[],
    windowMs: number,
    tx: Tx,
  ): Promise<readonly KnownAddress[]>;
  /** The same, neither locked nor fresh to the instant: what a judgement of a file is made of. */
  abstract standing(
    workspaceId: WorkspaceId,
    hmacs: readonly Buffer[],
    windowMs: number,
  ): Promise<readonly KnownAddress[]>;
  /** Inserts or renews; one that was confirmed meanwhile is left alone and missing from the answer. */
  abstract save(workspaceId: WorkspaceId, rows: readonly SubscriberWrite[], tx: Tx): Promise<readonly Subscriber[]>;
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Subscriber | undefined>;
  /** The same, locked until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Subscriber | undefined>;
  /** By the hash of an unexpired confirm token, locked. */
  abstract lockByConfirmHash(hash: Buffer, tx: Tx): Promise<Subscriber | undefined>;
  /** By unsubscribe token, locked. */
  abstract lockByUnsubscribeToken(token: string, tx: Tx): Promise<Subscriber | undefined>;
  abstract list(
    workspaceId: WorkspaceId,
    filter: SubscriberFilter,
  ): Promise<readonly (Subscriber & { readonly at: string })[]>;
  abstract setStatus(subscriber: Subscriber, status: SubscriberStatus, tx: Tx): Promise<void>;
  /** Adds a suppression by mail; a stronger one keeps its reason. */
  abstract suppress(subscriber: Subscriber, reason: SuppressionReason, tx: Tx): Promise<void>;
  /** Ends a suppression that the person's own confirmation ends. */
  abstract liftSuppression(subscriber: Subscriber, tx: Tx): Promise<void>;
  /** Empties the row of everything personal; the keyed hash stays, that of a phone as a suppression. */
  abstract erase(subscriber: Subscriber, tx: Tx): Promise<void>;
}
