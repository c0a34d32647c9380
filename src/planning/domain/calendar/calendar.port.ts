import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Span } from '../queues/queue.js';
import type { CalendarTarget } from './calendar.js';

/** A stretch of the calendar. */
export interface CalendarQuestion extends Span {
  /** Only these accounts; none: all. */
  readonly accountIds: readonly string[];
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** Targets of a workspace by time. */
export abstract class Calendar {
  /** Earliest first; cancelled ones are left out. */
  abstract targets(workspaceId: WorkspaceId, question: CalendarQuestion): Promise<readonly CalendarTarget[]>;
}
