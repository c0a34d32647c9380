import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Queue } from '../../planning/domain/queues/queue.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { openQuestionOf } from '../../publishing/domain/targets/open-question.js';
import type { TargetStatus } from '../../publishing/domain/targets/target-status.js';
import type { NowAccount, NowBroadcast, NowList, NowQuota, NowTarget } from '../domain/now.js';
import { type ListedNowTarget, NowReader } from '../domain/now-reader.port.js';
import type { QueueTimes } from '../domain/open-slots.js';
import { ACCOUNTS, BROADCASTS, COUNTS, QUEUES, QUOTAS, TARGETS } from './now.sql.js';

type Always = Omit<
  NowTarget,
  'holdReason' | 'holdUntil' | 'nextCheckAt' | 'permalink' | 'error' | 'replacement' | 'question'
>;

interface TargetRow extends Always {
  readonly list: NowList;
  readonly holdReason: string | null;
  readonly holdUntil: Date | null;
  readonly nextCheckAt: Date | null;
  readonly permalink: string | null;
  readonly errorCategory: string | null;
  readonly errorDetail: string | null;
  readonly replacementId: string | null;
  readonly replacementPlatform: PlatformName;
  readonly replacementStatus: TargetStatus;
  readonly replacementPermalink: string | null;
  readonly replacementAccountName: string;
}

interface QueueRow extends Pick<Queue, 'id' | 'zone' | 'blackouts' | 'seasons' | 'accounts' | 'slots'> {
  readonly name: string;
  readonly taken: readonly string[];
}

/** The workspace is part of every statement. */
@Injectable()
export class NowReaderRepository extends NowReader {
  constructor(private readonly database: Database) {
    super();
  }

  async counts(workspaceId: WorkspaceId, zone: string): Promise<Readonly<Record<NowList, number>>> {
    const [counts] = await this.database.rows<Record<NowList, number>>(COUNTS, [workspaceId, zone]);
    return counts as Record<NowList, number>;
  }

  async targets(workspaceId: WorkspaceId, zone: string): Promise<readonly ListedNowTarget[]> {
    return (await this.database.rows<TargetRow>(TARGETS, [workspaceId, zone])).map(toListed);
  }

  async queues(workspaceId: WorkspaceId): Promise<readonly QueueTimes[]> {
    return (await this.database.rows<QueueRow>(QUEUES, [workspaceId])).map(toTimes);
  }

  accounts(workspaceId: WorkspaceId): Promise<readonly NowAccount[]> {
    return this.database.rows<NowAccount>(ACCOUNTS, [workspaceId]);
  }

  quotas(workspaceId: WorkspaceId): Promise<readonly NowQuota[]> {
    return this.database.rows<NowQuota>(QUOTAS, [workspaceId]);
  }

  broadcasts(workspaceId: WorkspaceId): Promise<readonly NowBroadcast[]> {
    return this.database.rows<NowBroadcast>(BROADCASTS, [workspaceId]);
  }
}

const toListed = (row: TargetRow): ListedNowTarget => {
  const { id, postId, caption, platform, accountId, accountName, role, status, scheduledAt, staleAt } = row;
  const question = openQuestionOf({ id, status, staleAt });
  return {
    ...{ list: row.list, id, postId, caption, platform, accountId, accountName, role, status, scheduledAt, staleAt },
    ...(row.holdReason === null ? {} : { holdReason: row.holdReason }),
    ...(row.holdUntil === null ? {} : { holdUntil: row.holdUntil }),
    ...(row.nextCheckAt === null ? {} : { nextCheckAt: row.nextCheckAt }),
    ...(row.permalink === null ? {} : { permalink: row.permalink }),
    ...(row.errorCategory === null ? {} : { error: { category: row.errorCategory, detail: row.errorDetail ?? '' } }),
    ...replacementOf(row),
    ...(question && { question }),
  };
};

const replacementOf = (row: TargetRow): Pick<NowTarget, 'replacement'> => {
  if (row.replacementId === null) return {};
  const { replacementPlatform: platform, replacementAccountName: accountName, replacementPermalink: permalink } = row;
  const common = { id: row.replacementId, platform, accountName, status: row.replacementStatus };
  return { replacement: permalink === null ? common : { ...common, permalink } };
};

/** Of the rest of a queue's rules no open place depends. */
const toTimes = ({ name, taken, ...row }: QueueRow): QueueTimes => ({
  name,
  taken: new Set(taken),
  queue: { ...row, isPaused: false, order: 'oldest', seed: 0, weighsViews: false, minGapSeconds: 0 },
});
