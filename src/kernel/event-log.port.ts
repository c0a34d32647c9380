import type { EventDataByKind, EventDataKind, EventTypeOf } from './event-catalogue.js';
import type { Tx } from './transaction.js';

interface EventOf<Kind extends EventDataKind> {
  /** null: of the whole instance, for example a platform's health. */
  readonly workspaceId: string | null;
  /** Past tense, dotted, from the catalogue: `post.published`, `platform.down`. */
  readonly type: EventTypeOf<Kind>;
  readonly subjectId: string;
  readonly payload: EventDataByKind[Kind];
}

/** Something that happened, for those who follow: SSE, webhooks, audience, incidents. */
export type DomainEvent = { [Kind in EventDataKind]: EventOf<Kind> }[EventDataKind];

/** Where events are written, in the transaction of their effect. */
export abstract class EventLog {
  abstract append(events: readonly DomainEvent[], tx: Tx): Promise<void>;
}
