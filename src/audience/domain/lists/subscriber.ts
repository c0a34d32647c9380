import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Attributes } from './attributes.js';
import type { Acceptance } from './channels.js';
import type { PhoneStatus } from './phone-consents.port.js';

export const SUBSCRIBER_STATUSES = ['pending', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'erased'] as const;
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number];

/**
 * Why an address gets nothing. `unsubscribed` and `erased` end when the person confirms anew, `paused` by itself after a
 * while; the others do not.
 */
export type SuppressionReason = 'paused' | 'unsubscribed' | 'erased' | 'bounced' | 'manual' | 'complained';

/** A person on the backup list. */
export interface Subscriber {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** Normalised; null once erased. */
  readonly email: string | null;
  readonly emailHmac: Buffer;
  readonly status: SubscriberStatus;
  /** E.164. */
  readonly phone: string | null;
  /** null: a number nobody may write to, or none. */
  readonly phoneStatus: PhoneStatus | null;
  /** Topics by channel; asked besides the status. */
  readonly accepts: readonly Acceptance[];
  readonly zone: string | null;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly attributes: Attributes;
  /** How many confirm links were made; the last one counts. */
  readonly confirmSentCount: number;
  readonly createdAt: Date;
  /** When they last confirmed. */
  readonly confirmedAt: Date | null;
}
