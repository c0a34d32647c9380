import { type EventType, isEventType } from '../../../kernel/event-catalogue.js';

/** An event as it leaves us, the same in the stream, in pages and in webhooks. */
export interface PublicEvent {
  /** Names the event for ever; also the place to resume from. */
  readonly id: string;
  readonly type: EventType | 'webhook.test';
  /** ISO instant at which it was written down. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is needed of a stored event. */
export interface EventToTell {
  readonly type: string;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** @returns undefined for what the catalogue does not know (any more) */
export const publicEvent = (id: string, { type, at, payload }: EventToTell): PublicEvent | undefined =>
  isEventType(type) ? { id, type, timestamp: at.toISOString(), data: payload } : undefined;

/** Bytes of JSON that a receiver must be ready for (Standard Webhooks advises 20 KB). */
export const MAX_BODY_BYTES = 20_000;

/** The event as one line of JSON; data that would make it too large is left out, and said to be. */
export const eventBody = (event: PublicEvent): string => {
  const body = JSON.stringify(event);
  if (Buffer.byteLength(body) <= MAX_BODY_BYTES) return body;
  return JSON.stringify({ ...event, data: { truncated: true } });
};
