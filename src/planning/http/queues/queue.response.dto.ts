import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EMPTY_CODES, QUEUE_ORDERS } from '../../domain/queues/queue.js';
import type { StoredQueue } from '../../domain/queues/queues.port.js';
import type { PlanRound } from '../../application/queues/plan-runs.js';
import type { QueuePreview } from '../../application/calendar/preview-queue.js';
import { BlackoutDto, SeasonDto, SlotRequestDto } from './queue.request.dto.js';

export class QueueSlotDto extends SlotRequestDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class QueueDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ example: 'Europe/Paris' })
  timezone!: string;
  @ApiProperty({ type: [String] })
  accountIds!: readonly string[];
  @ApiProperty({ type: [QueueSlotDto], description: 'Monday first.' })
  slots!: readonly QueueSlotDto[];
  @ApiProperty({ enum: QUEUE_ORDERS })
  order!: string;
  @ApiProperty()
  seed!: number;
  @ApiProperty()
  weighsViews!: boolean;
  @ApiProperty()
  minGapSeconds!: number;
  @ApiPropertyOptional({ description: 'Absent: no cap.' })
  dailyCap?: number;
  @ApiProperty({ type: [BlackoutDto] })
  blackouts!: readonly BlackoutDto[];
  @ApiProperty({ type: [SeasonDto] })
  seasons!: readonly SeasonDto[];
  @ApiPropertyOptional({ format: 'date-time' })
  pausedAt?: string;
  @ApiPropertyOptional()
  pauseReason?: string;
  @ApiProperty({ description: 'Grows with every change; the ETag.' })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class QueuePageDto {
  @ApiProperty({ type: [QueueDto] })
  items!: readonly QueueDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class PlaceDto {
  @ApiProperty({ description: 'Of a slot; of one that is not stored yet its day and time.' })
  slotId!: string;
  @ApiProperty({ example: '2027-03-01', description: "A day of the queue's zone." })
  localDate!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ description: 'One sentence.' })
  why!: string;
}

export class EmptyPlaceDto extends PlaceDto {
  @ApiProperty({ enum: EMPTY_CODES })
  code!: string;
}

export class LeftOutDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  why!: string;
}

export class PlannedPlaceDto extends PlaceDto {
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ description: 'The beginning of its title or else caption.' })
  caption!: string;
  @ApiProperty({ description: "Number of the post's variation; 0: its own words." })
  variation!: number;
  @ApiProperty({ type: [String] })
  accountIds!: readonly string[];
  @ApiProperty({ type: [LeftOutDto], description: 'Accounts of the queue that do not take part.' })
  leftOut!: readonly LeftOutDto[];
}

export class PreviewDto {
  @ApiProperty({ type: [PlannedPlaceDto] })
  planned!: readonly PlannedPlaceDto[];
  @ApiProperty({ type: [EmptyPlaceDto] })
  empty!: readonly EmptyPlaceDto[];
}

export class PlanRoundDto {
  @ApiProperty({ description: 'Runs made by this call.' })
  planned!: number;
  @ApiProperty({ description: 'Runs taken back because the plan is another one now.' })
  withdrawn!: number;
  @ApiProperty({ type: [EmptyPlaceDto], description: 'Slots up to the horizon that stay empty.' })
  empty!: readonly EmptyPlaceDto[];
}

export const toQueueDto = (queue: StoredQueue): QueueDto => ({
  id: queue.id,
  name: queue.name,
  timezone: queue.zone,
  accountIds: queue.accountIds,
  slots: queue.slots.map(({ id, isoDay, time, categories }) => ({
    id,
    dayOfWeek: isoDay,
    time,
    categories: [...categories],
  })),
  order: queue.order,
  seed: queue.seed,
  weighsViews: queue.weighsViews,
  minGapSeconds: queue.minGapSeconds,
  ...(queue.dailyCap === undefined ? {} : { dailyCap: queue.dailyCap }),
  blackouts: queue.blackouts,
  seasons: queue.seasons,
  ...(queue.pausedAt === undefined ? {} : { pausedAt: queue.pausedAt.toISOString() }),
  ...(queue.pauseReason === undefined ? {} : { pauseReason: queue.pauseReason }),
  version: queue.version,
  createdAt: queue.createdAt.toISOString(),
  updatedAt: queue.updatedAt.toISOString(),
});

const toEmptyDto = ({
  slotId,
  localDate,
  at,
  code,
  why,
}: QueuePreview['empty'][number] | PlanRound['empty'][number]) => ({
  slotId,
  localDate,
  at: at.toISOString(),
  code,
  why,
});

export const toPlanRoundDto = ({ planned, withdrawn, empty }: PlanRound): PlanRoundDto => ({
  planned,
  withdrawn,
  empty: empty.map(toEmptyDto),
});

export const toPreviewDto = ({ planned, empty }: QueuePreview): PreviewDto => ({
  planned: planned.map(({ slotId, localDate, at, postId, caption, variation, accountIds, leftOut, why }) => ({
    slotId,
    localDate,
    at: at.toISOString(),
    postId,
    caption,
    variation,
    accountIds,
    leftOut,
    why,
  })),
  empty: empty.map(toEmptyDto),
});
