import type { Tx } from './transaction.js';

/** Something that happened, for those who follow: SSE, webhooks, audience, incidents. */
export interface DomainEvent {
  /** null: of the whole instance, for example a platform's health. */
  readonly workspaceId: string | null;
  /** Past tense, dotted: `post.published`, `platform.down`. */
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Where events are written, in the transaction of their effect. */
export abstract class EventLog {
  abstract append(events: readonly DomainEvent[], tx: Tx): Promise<void>;
}
