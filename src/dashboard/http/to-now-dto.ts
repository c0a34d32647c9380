import { type Incident, severityOf } from '../../health/domain/incident.js';
import { sinceOf } from '../../health/index.js';
import {
  NOW_LISTS,
  type NowAccount,
  type NowBoard,
  type NowBroadcast,
  type NowList,
  type NowPlatform,
  type NowQuota,
  type NowTarget,
  type NowTargets,
} from '../domain/now.js';
import type {
  NowBroadcastDto,
  NowDto,
  NowIncidentDto,
  NowPlatformDto,
  NowQuotaDto,
  NowTargetDto,
  NowTargetsDto,
  ReconnectDto,
} from './now.dto.js';

/** Fields one by one: what is not listed does not leave. */
export const toNowDto = (board: NowBoard): NowDto => ({
  at: board.at.toISOString(),
  timezone: board.timezone,
  ...listsOf(board),
  openSlots: board.openSlots.map((slot) => ({ ...slot, at: slot.at.toISOString() })),
  ...(board.platforms && { platforms: board.platforms.map(toPlatformDto) }),
  ...(board.incidents && { incidents: board.incidents.map(toIncidentDto) }),
  ...(board.reconnect && { reconnect: board.reconnect.map(toReconnectDto) }),
  ...(board.quotas && { quotas: board.quotas.map(toQuotaDto) }),
  ...(board.broadcasts && { broadcasts: board.broadcasts.map(toBroadcastDto) }),
});

const listsOf = (board: NowBoard): Record<NowList, NowTargetsDto> => {
  const entries = NOW_LISTS.map((name) => [name, toTargetsDto(board[name])] as const);
  return Object.fromEntries(entries) as Record<NowList, NowTargetsDto>;
};

const toTargetsDto = ({ count, items }: NowTargets): NowTargetsDto => ({ count, items: items.map(toTargetDto) });

const toTargetDto = (target: NowTarget): NowTargetDto => ({
  id: target.id,
  postId: target.postId,
  caption: target.caption,
  platform: target.platform,
  accountId: target.accountId,
  accountName: target.accountName,
  role: target.role,
  status: target.status,
  scheduledAt: target.scheduledAt.toISOString(),
  staleAt: target.staleAt.toISOString(),
  ...(target.holdReason === undefined ? {} : { holdReason: target.holdReason }),
  ...(target.holdUntil === undefined ? {} : { holdUntil: target.holdUntil.toISOString() }),
  ...(target.nextCheckAt === undefined ? {} : { nextCheckAt: target.nextCheckAt.toISOString() }),
  ...(target.permalink === undefined ? {} : { permalink: target.permalink }),
  ...(target.error && { error: target.error }),
  ...(target.replacement && { replacement: target.replacement }),
  ...(target.question && { question: target.question }),
});

const toPlatformDto = ({ platform, displayName, regions }: NowPlatform): NowPlatformDto => ({
  platform,
  displayName,
  regions: regions.map(({ region, accounts, state, since, reason, overridden, rampShare, capabilities }) => ({
    ...{ region, accounts, state, ...sinceOf(since), reason, overridden, rampShare },
    capabilities: capabilities.map((one) => ({
      ...{ capability: one.capability, state: one.state, ...sinceOf(one.since), reason: one.reason },
    })),
  })),
});

const toIncidentDto = (incident: Incident): NowIncidentDto => {
  const { id, platform, region, worstState, capabilities, reason, openedAt } = incident;
  const severity = severityOf(incident);
  return { id, platform, region, severity, worstState, capabilities, reason, openedAt: openedAt.toISOString() };
};

const toReconnectDto = ({ id, name, platform, status, statusReason }: NowAccount): ReconnectDto => ({
  accountId: id,
  accountName: name,
  platform,
  status,
  ...(statusReason === null ? {} : { reason: statusReason }),
});

/** How many others published through our app is theirs to know. */
const toQuotaDto = (quota: NowQuota): NowQuotaDto => ({
  ...(quota.accountId === null ? {} : { accountId: quota.accountId, accountName: quota.accountName ?? '' }),
  platform: quota.platform,
  scope: quota.scope,
  kind: quota.kind,
  limit: quota.limit,
  ...(quota.scope === 'account' ? { used: quota.used, left: Math.max(0, quota.limit - quota.used) } : {}),
  resetsAt: quota.resetsAt.toISOString(),
});

const toBroadcastDto = ({ startedAt, platform, ...broadcast }: NowBroadcast): NowBroadcastDto => ({
  id: broadcast.id,
  kind: broadcast.kind,
  ...(platform === null ? {} : { platform }),
  subject: broadcast.subject,
  status: broadcast.status,
  recipients: broadcast.recipients,
  done: broadcast.done,
  failed: broadcast.failed,
  ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
});
