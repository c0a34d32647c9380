import type { Tx } from '../../../kernel/transaction.js';
import type { TryResult, Verdict } from './delivery.policy.js';
import type { Delivery, DeliveryState, DisabledReason, Webhook } from './webhook.js';

/** Place in a list, newest first. */
export interface ListPlace {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A webhook to be stored. */
export interface NewWebhook {
  readonly id: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly secret: string;
}

/** Where webhooks are kept. Secrets go in and never come out but to the sender. */
export abstract class Webhooks {
  /** Locks the workspace's webhooks against others that are created. */
  abstract countUnderLock(workspaceId: string, tx: Tx): Promise<number>;
  abstract insert(webhook: NewWebhook, tx: Tx): Promise<Webhook>;
  abstract list(workspaceId: string, page: ListPlace): Promise<(Webhook & { readonly at: string })[]>;
  abstract find(workspaceId: string, id: string, tx?: Tx): Promise<Webhook | undefined>;
  /** Left-out fields stay; `enabled` true also forgets earlier failures. */
  abstract change(
    webhook: Webhook,
    change: {
      readonly url?: string | undefined;
      readonly description?: string | undefined;
      readonly events?: readonly string[] | undefined;
      readonly enabled?: boolean | undefined;
    },
    tx: Tx,
  ): Promise<Webhook>;
  /** The present secret becomes the previous one, for `overlapMs`; with 0 it is dead at once. */
  abstract rotate(webhook: Webhook, secret: string, overlapMs: number, tx: Tx): Promise<Webhook>;
  abstract delete(workspaceId: string, id: string, tx: Tx): Promise<boolean>;
}

/** A message for one webhook that is no event. */
export interface TestMessage {
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
}

/** The log of deliveries, as people see it. */
export abstract class Deliveries {
  abstract list(
    webhook: Webhook,
    page: ListPlace,
    state?: DeliveryState,
  ): Promise<(Delivery & { readonly at: string })[]>;
  abstract find(webhook: Webhook, id: string, tx?: Tx): Promise<(Delivery & { readonly body: string }) | undefined>;
  /** Makes it due now, with all its tries before it. */
  abstract replay(webhook: Webhook, id: string, tx: Tx): Promise<Delivery | undefined>;
  abstract add(webhook: Webhook, message: TestMessage, tx: Tx): Promise<Delivery>;
  /** The same under an id of the caller's; adding it again changes nothing. */
  abstract addOnce(webhook: Webhook, id: string, message: TestMessage, tx: Tx): Promise<void>;
}

/** One claimed try. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly messageId: string;
  readonly body: string;
  /** This one included; also the fence: who wrote another number since has the row. */
  readonly tries: number;
  /** The current one first; empty when none can be opened. */
  readonly secrets: readonly string[];
}

/** An event as it goes to webhooks. */
export interface OutgoingEvent {
  /** Of the outbox row. */
  readonly eventId: string;
  readonly workspaceId: string | null;
  readonly messageId: string;
  readonly type: string;
  readonly at: Date;
  readonly body: string;
}

/** The sender's side of the deliveries; any number of processes may use it at once. */
export abstract class DeliveryQueue {
  /** Passes over all events while no webhook is on. @returns false when one is */
  abstract skipWithoutWebhooks(consumer: string): Promise<boolean>;
  /** One delivery for each webhook that wants an event; an event that was handed out before adds nothing. */
  abstract fanOut(events: readonly OutgoingEvent[], tx: Tx): Promise<number>;
  /**
   * Takes due deliveries, of every webhook some: at most `perWebhook` less those of `busy`.
   * @param busy how many of each webhook run in this process
   */
  abstract claim(limit: number, perWebhook: number, busy: ReadonlyMap<string, number>): Promise<ClaimedDelivery[]>;
  /** @returns since when the webhook fails, when it still does and the row was still ours */
  abstract settle(claimed: ClaimedDelivery, result: TryResult, verdict: Verdict, tx: Tx): Promise<Date | undefined>;
  /** @returns false when it was off already */
  abstract disable(claimed: ClaimedDelivery, reason: DisabledReason, tx: Tx): Promise<boolean>;
  /** Forgets the log after `keepMs`. */
  abstract purge(keepMs: number, limit: number): Promise<number>;
}

/** Addresses that users give, and what is sent there. */
export abstract class WebhookDoor {
  /** @throws DomainError `url.refused` when it is no public https address, by form or by where its name leads now */
  abstract assertUsable(url: string): Promise<void>;
  /** One POST, never redirected, never repeated. Never throws. */
  abstract send(delivery: ClaimedDelivery): Promise<TryResult>;
  /** Cuts what runs. */
  abstract close(): Promise<void>;
}
