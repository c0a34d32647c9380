import type { WorkspaceId } from '../../kernel/ids.js';
import type { NowAccount, NowBroadcast, NowList, NowQuota, NowTarget } from './now.js';
import type { QueueTimes } from './open-slots.js';

/** A row with the list that it is in. */
export interface ListedNowTarget extends NowTarget {
  readonly list: NowList;
}

/** Reads what the Now page shows, set by set; always of one workspace. */
export abstract class NowReader {
  /** @param zone in which today begins */
  abstract counts(workspaceId: WorkspaceId, zone: string): Promise<Readonly<Record<NowList, number>>>;
  /** The first rows of every list, each in its own order. */
  abstract targets(workspaceId: WorkspaceId, zone: string): Promise<readonly ListedNowTarget[]>;
  /** Queues that are not paused, with the places ahead that carry a run. */
  abstract queues(workspaceId: WorkspaceId): Promise<readonly QueueTimes[]>;
  /** Those that are not disconnected. */
  abstract accounts(workspaceId: WorkspaceId): Promise<readonly NowAccount[]>;
  abstract quotas(workspaceId: WorkspaceId): Promise<readonly NowQuota[]>;
  abstract broadcasts(workspaceId: WorkspaceId): Promise<readonly NowBroadcast[]>;
}
