import type { TargetRecord } from '../targets/target-record.js';
import type { ImaginedOutage } from './rehearsal.js';

/** Where the next page begins: after this target of this status. */
export interface ComingPlace {
  readonly status: 'held' | 'scheduled';
  /** `scheduledAt` as the database prints it, with microseconds; absent: from the first. */
  readonly after?: { readonly at: string; readonly id: string };
}

export interface ComingPage {
  readonly targets: readonly TargetRecord[];
  /** Absent on the last page. */
  readonly next?: ComingPlace;
}

/** Reads what a workspace has waiting; writes nothing. */
export abstract class ComingTargets {
  /** Held and scheduled targets that an outage would meet. @returns at most `limit` */
  abstract count(outage: ImaginedOutage, limit: number): Promise<number>;
  /** The same by pages: held ones first, then scheduled ones, each in the order they are due. */
  abstract page(outage: ImaginedOutage, place: ComingPlace, limit: number): Promise<ComingPage>;
  /** Planned targets of these accounts' own by clock hour, from a week before the outage to its end. */
  abstract hourly(
    outage: Pick<ImaginedOutage, 'workspaceId' | 'from' | 'until'>,
    accountIds: readonly string[],
  ): Promise<readonly { readonly accountId: string; readonly hour: Date; readonly count: number }[]>;
  /** Posts an account published per hour over the last 28 days, by account; absent: none. */
  abstract usualPerHour(workspaceId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
