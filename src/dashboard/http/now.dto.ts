import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INCIDENT_SEVERITIES } from '../../health/domain/incident.js';
import { CapabilityStateDto, RegionDto } from '../../health/index.js';
import { PLATFORM_NAMES, type PlatformName } from '../../platforms/domain/platform-name.js';
import { HOLD_REASONS } from '../../publishing/domain/targets/target-state.js';
import { TARGET_ROLES } from '../../publishing/domain/targets/target-summary.js';
import { TARGET_STATUSES } from '../../publishing/domain/targets/target-status.js';
import { OpenQuestionResponse } from '../../publishing/index.js';
import { FIRST_ROWS } from '../domain/now.js';

export class NowErrorDto {
  @ApiProperty()
  category!: string;
  @ApiProperty({ description: 'In words.' })
  detail!: string;
}

export class NowReplacementDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  accountName!: string;
  @ApiProperty({ enum: TARGET_STATUSES })
  status!: string;
  @ApiPropertyOptional({ description: 'Where it is live.' })
  permalink?: string;
}

export class NowTargetDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ maxLength: 140 })
  caption!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  accountName!: string;
  @ApiProperty({ enum: TARGET_ROLES })
  role!: string;
  @ApiProperty({ enum: TARGET_STATUSES })
  status!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiProperty({ format: 'date-time', description: 'After it the post is worthless here and is not sent.' })
  staleAt!: string;
  @ApiPropertyOptional({ enum: HOLD_REASONS })
  holdReason?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  holdUntil?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When the platform is asked again what became of it.' })
  nextCheckAt?: string;
  @ApiPropertyOptional()
  permalink?: string;
  @ApiPropertyOptional({ type: NowErrorDto })
  error?: NowErrorDto;
  @ApiPropertyOptional({ type: NowReplacementDto, description: 'What went out in its place.' })
  replacement?: NowReplacementDto;
  @ApiPropertyOptional({ type: OpenQuestionResponse, description: 'What a person may answer; with `needs_decision`.' })
  question?: OpenQuestionResponse;
}

export class NowTargetsDto {
  @ApiProperty({ description: 'All of them.' })
  count!: number;
  @ApiProperty({ type: [NowTargetDto], description: `The first ${FIRST_ROWS}; the rest: GET /v1/targets.` })
  items!: readonly NowTargetDto[];
}

export class OpenSlotDto {
  @ApiProperty({ format: 'uuid' })
  queueId!: string;
  @ApiProperty()
  queueName!: string;
  @ApiProperty({ format: 'uuid' })
  slotId!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty()
  timezone!: string;
  @ApiProperty({ example: '2026-03-02T18:00', description: 'Wall time in `timezone`.' })
  localTime!: string;
}

export class NowRegionDto extends RegionDto {
  @ApiProperty({ description: 'Your accounts there.' })
  accounts!: number;
  @ApiProperty({ type: [CapabilityStateDto] })
  capabilities!: readonly CapabilityStateDto[];
}

export class NowPlatformDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ type: [NowRegionDto] })
  regions!: readonly NowRegionDto[];
}

export class NowIncidentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty({ enum: INCIDENT_SEVERITIES })
  severity!: string;
  @ApiProperty({ enum: ['degraded', 'down'] })
  worstState!: string;
  @ApiProperty({ type: [String], example: ['publish', 'read'] })
  capabilities!: readonly string[];
  @ApiProperty()
  reason!: string;
  @ApiProperty({ format: 'date-time' })
  openedAt!: string;
}

export class ReconnectDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  accountName!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ example: 'needs_reconnect' })
  status!: string;
  @ApiPropertyOptional({ example: 'refresh_refused' })
  reason?: string;
}

export class NowQuotaDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Absent where it is of our whole app.' })
  accountId?: string;
  @ApiPropertyOptional()
  accountName?: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ enum: ['account', 'app'] })
  scope!: string;
  @ApiProperty({ example: 'publish', description: '`reported`: the platform told us that it takes nothing more.' })
  kind!: string;
  @ApiProperty()
  limit!: number;
  @ApiPropertyOptional({ description: 'Only for quotas that are this account alone.' })
  used?: number;
  @ApiPropertyOptional({ description: 'Only for quotas that are this account alone.' })
  left?: number;
  @ApiProperty({ format: 'date-time' })
  resetsAt!: string;
}

export class NowBroadcastDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'blackout' })
  kind!: string;
  @ApiPropertyOptional({ enum: PLATFORM_NAMES, description: 'Which platform a notice is about.' })
  platform?: PlatformName;
  @ApiProperty({ description: 'As it was written: a Liquid template.' })
  subject!: string;
  @ApiProperty({ enum: ['sending', 'paused'] })
  status!: string;
  @ApiProperty()
  recipients!: number;
  @ApiProperty({ description: 'Those about whom nothing more will happen.' })
  done!: number;
  @ApiProperty()
  failed!: number;
  @ApiPropertyOptional({ format: 'date-time' })
  startedAt?: string;
}

export class NowDto {
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ description: 'IANA zone of the workspace, in which today begins.' })
  timezone!: string;
  @ApiProperty({ type: NowTargetsDto, description: 'Goes out within 24 hours, what is overdue included.' })
  due!: NowTargetsDto;
  @ApiProperty({ type: NowTargetsDto })
  held!: NowTargetsDto;
  @ApiProperty({ type: NowTargetsDto, description: 'Of the last and the next 24 hours.' })
  rerouted!: NowTargetsDto;
  @ApiProperty({ type: NowTargetsDto, description: 'Sent, and nobody knows yet what became of it.' })
  unconfirmed!: NowTargetsDto;
  @ApiProperty({ type: NowTargetsDto, description: 'Each waits for one answer to its `question`.' })
  needsDecision!: NowTargetsDto;
  @ApiProperty({ type: NowTargetsDto, description: 'Failed or missed since midnight of the workspace.' })
  failedToday!: NowTargetsDto;
  @ApiProperty({ type: [OpenSlotDto], description: 'The next times of queues that no post stands on, a week ahead.' })
  openSlots!: readonly OpenSlotDto[];
  @ApiPropertyOptional({ type: [NowPlatformDto], description: 'Where you have accounts; needs `health:read`.' })
  platforms?: readonly NowPlatformDto[];
  @ApiPropertyOptional({ type: [NowIncidentDto], description: 'Open where you have accounts; needs `health:read`.' })
  incidents?: readonly NowIncidentDto[];
  @ApiPropertyOptional({ type: [ReconnectDto], description: 'Needs `accounts:read`.' })
  reconnect?: readonly ReconnectDto[];
  @ApiPropertyOptional({ type: [NowQuotaDto], description: 'Used to four fifths or more; needs `accounts:read`.' })
  quotas?: readonly NowQuotaDto[];
  @ApiPropertyOptional({ type: [NowBroadcastDto], description: 'On their way; needs `audience:read`.' })
  broadcasts?: readonly NowBroadcastDto[];
}
