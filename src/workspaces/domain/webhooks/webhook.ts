import { DomainError } from '../../../kernel/domain-error.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** More are refused; one receiver can fan out as well. */
export const MAX_WEBHOOKS = 50;
/** How long the secret before a rotation goes on signing, unless asked otherwise. */
export const OVERLAP_MS = DAY_MS;

/** `person`: by hand. `gone`: the receiver answered 410. `failing`: nothing but failures for a day. */
export type DisabledReason = 'person' | 'gone' | 'failing';

/** An address that is told of events; everything but its secrets. */
export interface Webhook {
  readonly id: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly description: string;
  /** Types of the catalogue; empty: all. */
  readonly events: readonly string[];
  readonly createdAt: Date;
  /** First of the failures since the last success. */
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: DisabledReason | null;
  /** Until when the secret before the last rotation signs too. */
  readonly previousUntil: Date | null;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** One event on its way to one webhook. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  /** The header `webhook-id`; an event's public id, or `test-…`. */
  readonly messageId: string;
  readonly type: string;
  readonly state: DeliveryState;
  readonly tries: number;
  /** When the next try is due, while it waits. */
  readonly nextAt: Date;
  readonly code: number | null;
  readonly error: string | null;
  readonly durationMs: number | null;
  readonly lastTryAt: Date | null;
  readonly createdAt: Date;
}

export const tooManyWebhooks = (): DomainError =>
  new DomainError(
    'conflict',
    'webhook.too_many',
    `A workspace has at most ${MAX_WEBHOOKS} webhooks. Delete one first, or let one receiver pass events on.`,
    { limit: MAX_WEBHOOKS },
  );

export const isDisabled = (): DomainError =>
  new DomainError(
    'conflict',
    'webhook.disabled',
    'This webhook is switched off. Switch it on first: PATCH it with {"enabled": true}.',
  );
