import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { LocalDate, PlaceKey, Span } from './queue.js';

/** A place that somebody wants for a run. */
export interface WantedPlace extends PlaceKey {
  readonly at: Date;
  readonly occurrenceId: string;
  readonly accountIds: readonly string[];
  readonly why: string;
}

/** A place that carries a run. */
export interface ReservedPlace extends PlaceKey {
  readonly queueId: string;
  readonly at: Date;
  readonly occurrenceId: string;
  readonly postId: string;
  /** As `occurrence.variation`. */
  readonly variation: number;
  readonly accountIds: readonly string[];
  readonly targetIds: readonly string[];
  /** Planned by us alone: a plan may take it back. What a person locked, moved or edited, or what began, is not. */
  readonly isUntouched: boolean;
  /** The post is in the library, evergreen and not paused. */
  readonly isWanted: boolean;
  readonly isLocked: boolean;
  /** Every target of it was cancelled. */
  readonly isOver: boolean;
  readonly why: string;
}

/** Which reservations to read. */
export interface ReservedSpan {
  readonly queueId: string;
  readonly from: Date;
  readonly until: Date;
}

/** Who has which slot on which day. */
export abstract class Reservations {
  /**
   * Takes the places that nobody has, each for those of its accounts that have no slot at that instant.
   * @returns the accounts of each run that got its place; a run that is absent got none
   */
  abstract reserve(
    workspaceId: WorkspaceId,
    queueId: string,
    wanted: readonly WantedPlace[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Takes an instant of one account for a run of a fill, beside the places of the queue.
   * @returns the occurrences that have theirs
   */
  abstract reserveAccounts(
    workspaceId: WorkspaceId,
    wanted: readonly { readonly accountId: string; readonly at: Date; readonly occurrenceId: string }[],
    tx: Tx,
  ): Promise<ReadonlySet<string>>;
  /** Gives the places of these runs back. */
  abstract release(workspaceId: WorkspaceId, occurrenceIds: readonly string[], tx: Tx): Promise<void>;
  /** In order of time. */
  abstract list(workspaceId: WorkspaceId, span: ReservedSpan, tx?: Tx): Promise<readonly ReservedPlace[]>;
  /** Only which places of the workspace's queues carry a run. */
  abstract places(workspaceId: WorkspaceId, span: Span): Promise<readonly PlaceKey[]>;
  /** @returns false when no queue planned this run */
  abstract setLocked(
    workspaceId: WorkspaceId,
    occurrenceId: string,
    lock: { readonly locked: boolean; readonly by: string },
    tx: Tx,
  ): Promise<boolean>;
}

/** A key for maps. */
export const placeOf = ({ slotId, localDate }: { slotId: string; localDate: LocalDate }): string =>
  `${slotId}|${localDate}`;
