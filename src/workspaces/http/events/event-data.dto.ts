import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AccountEventData,
  ApprovalEventData,
  BroadcastEventData,
  DrillEventData,
  IncidentEventData,
  OccurrenceEventData,
  PlatformEventData,
  RadarEventData,
  RouteEventData,
  SubscriberEventData,
  TargetEventData,
  WebhookEventData,
} from '../../../kernel/event-catalogue.js';
import { PauseEventDto } from './pause-event.dto.js';

class EventErrorDto {
  @ApiProperty()
  category!: string;
  @ApiProperty({ enum: ['user', 'platform', 'system'] })
  source!: string;
  @ApiProperty({ enum: ['not_sent', 'rejected', 'unknown'] })
  outcome!: string;
}

class EventReplacementDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  platform!: string;
}

export class TargetEventDto implements TargetEventData {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'uuid' })
  occurrenceId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty({ description: 'Of the target, after what happened.' })
  status!: string;
  @ApiProperty({ description: 'Why, in one stable word.' })
  cause!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiPropertyOptional({ format: 'uri' })
  permalink?: string;
  @ApiPropertyOptional()
  platformPostId?: string;
  @ApiPropertyOptional({ type: EventErrorDto })
  error?: EventErrorDto;
  @ApiPropertyOptional({ description: 'Of `post.held`.' })
  holdReason?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Of `post.held`.' })
  holdUntil?: string;
  @ApiPropertyOptional({ type: EventReplacementDto, description: 'Of `post.rerouted`.' })
  replacement?: EventReplacementDto;
}

export class ApprovalEventDto implements ApprovalEventData {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'uuid' })
  occurrenceId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiProperty({ description: 'Of the target, after what happened.' })
  status!: string;
  @ApiProperty({ example: 'member:0192…' })
  actor!: string;
  @ApiPropertyOptional()
  comment?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Of `approval.requested`: after it the target is missed.' })
  waitsUntil?: string;
}

export class OccurrenceEventDto implements OccurrenceEventData {
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'uuid' })
  occurrenceId!: string;
  @ApiProperty({ description: 'How many of its targets are live, themselves or by a replacement.' })
  liveCount!: number;
  @ApiProperty()
  targetCount!: number;
}

export class PlatformEventDto implements PlatformEventData {
  @ApiProperty()
  platform!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: every region.' })
  region!: string | null;
  @ApiProperty()
  state!: string;
  @ApiProperty()
  reason!: string;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'uuid' })
  incidentId?: string | null;
  @ApiPropertyOptional({ format: 'uuid' })
  overrideId?: string;
}

export class IncidentEventDto implements IncidentEventData {
  @ApiProperty({ format: 'uuid' })
  incidentId!: string;
  @ApiProperty({ format: 'uuid' })
  updateId!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty()
  feature!: string;
  @ApiProperty({ enum: ['investigating', 'identified', 'monitoring', 'resolved'] })
  status!: string;
  @ApiProperty()
  text!: string;
}

export class AccountEventDto implements AccountEventData {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  status!: string;
  @ApiPropertyOptional()
  reason?: string;
}

export class RouteEventDto implements RouteEventData {
  @ApiProperty({ format: 'uuid' })
  routeId!: string;
  @ApiProperty({ enum: ['created', 'changed', 'deleted'] })
  change!: string;
  @ApiProperty()
  scope!: string;
  @ApiProperty()
  scopeId!: string;
  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;
  @ApiProperty()
  version!: number;
}

export class BroadcastEventDto implements BroadcastEventData {
  @ApiProperty({ format: 'uuid' })
  broadcastId!: string;
  @ApiProperty({ enum: ['blackout', 'all_clear', 'news'] })
  kind!: string;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  incidentId!: string | null;
}

export class SubscriberEventDto implements SubscriberEventData {
  @ApiProperty({ format: 'uuid' })
  subscriberId!: string;
  @ApiProperty({ format: 'uuid', description: 'The broadcast whose mail told us.' })
  broadcastId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of the nine classes of bounces; null for a complaint.' })
  deliveryClass!: string | null;
  @ApiProperty({ description: '`smtp`, `mail` or the provider that told us.' })
  source!: string;
}

export class WebhookEventDto implements WebhookEventData {
  @ApiProperty({ format: 'uuid' })
  webhookId!: string;
  @ApiProperty({ format: 'uri', description: 'Scheme and host; the rest may hold a secret: GET /v1/webhooks/{id}.' })
  url!: string;
  @ApiProperty({ enum: ['failing', 'gone'] })
  reason!: string;
}

export class RadarEventDto implements RadarEventData {
  @ApiProperty({ format: 'uuid' })
  watchId!: string;
  @ApiProperty({ format: 'uuid' })
  alertId!: string;
  @ApiProperty({ description: 'What jumped, in one sentence.' })
  summary!: string;
  @ApiProperty({ enum: ['app_rank', 'mentions'] })
  source!: string;
  @ApiPropertyOptional({ description: 'Absent: of none.' })
  platform?: string;
  @ApiPropertyOptional({ description: 'Absent: every region.' })
  region?: string;
  @ApiPropertyOptional({ format: 'uri', description: 'Where to look.' })
  url?: string;
}

export class DrillEventDto implements DrillEventData {
  @ApiProperty({ format: 'uuid' })
  drillId!: string;
  @ApiProperty({ enum: ['dry_run', 'sandbox'] })
  kind!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: every region.' })
  region!: string | null;
  @ApiProperty({ enum: ['passed', 'failed', 'nothing_due', 'aborted'] })
  result!: string;
  @ApiProperty({ description: 'One sentence, at most 300 characters.' })
  summary!: string;
  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 100 })
  score!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Points more than in the last drill of its kind and place.',
  })
  change!: number | null;
}

/** One for every kind of data in the catalogue. */
export const EVENT_DATA_DTOS = [
  TargetEventDto,
  ApprovalEventDto,
  OccurrenceEventDto,
  PlatformEventDto,
  IncidentEventDto,
  AccountEventDto,
  RouteEventDto,
  BroadcastEventDto,
  SubscriberEventDto,
  WebhookEventDto,
  RadarEventDto,
  DrillEventDto,
  PauseEventDto,
] as const;
