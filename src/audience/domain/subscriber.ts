import type { WorkspaceId } from '../../kernel/ids.js';

export const SUBSCRIBER_STATUSES = ['pending', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'erased'] as const;
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number];

/** Why an address gets no mail. `unsubscribed` and `erased` end when the person confirms anew; the others do not. */
export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'manual' | 'erased';

/** A person on the backup list. */
export interface Subscriber {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** Normalised; null once erased. */
  readonly email: string | null;
  readonly emailHmac: Buffer;
  readonly status: SubscriberStatus;
  readonly zone: string | null;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** How many confirm links were made; the last one counts. */
  readonly confirmSentCount: number;
  readonly createdAt: Date;
}
