import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { POST_KINDS } from '../../../library/domain/post-snapshot.js';
import { PLATFORM_REACTIONS } from '../../../routing/domain/route.js';
import { POST_STATUSES } from './list-posts.query.dto.js';
import { TargetResponse, toTargetResponse } from '../../../publishing/index.js';
import { FALLBACK_FAULTS, type FallbackFault } from '../../domain/fallback-faults.js';
import type { Warning } from '../../domain/finding.js';
import type { ReviewedSchedule } from '../../domain/plan-schedule.js';
import type { SwitchedPost } from '../../application/stop-post.js';
import type { PostView } from '../../domain/post-view.js';
import type { WayOut } from '../../domain/ways-out.js';

const object = { type: 'object', additionalProperties: true } as const;

export class PostDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: POST_KINDS })
  kind!: string;
  @ApiProperty({ enum: POST_STATUSES, description: 'Of the latest run, and of earlier ones that are not over.' })
  status!: string;
  @ApiProperty()
  caption!: string;
  @ApiPropertyOptional()
  title?: string;
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiProperty({ type: [String] })
  mediaIds!: readonly string[];
  @ApiProperty(object)
  options!: Readonly<Record<string, unknown>>;
  @ApiProperty({ ...object, description: 'By platform.' })
  variants!: Readonly<Record<string, unknown>>;
  @ApiPropertyOptional(object)
  recycling?: Readonly<Record<string, unknown>>;
  @ApiPropertyOptional({ format: 'date-time' })
  pausedAt?: string;
  @ApiPropertyOptional({ description: 'The words of the person who paused it.' })
  pauseReason?: string;
  @ApiProperty({ description: 'Grows with every change of the post itself; the ETag.' })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  @ApiProperty({ type: [TargetResponse], description: 'Of all runs, earliest first.' })
  targets!: readonly TargetResponse[];
  @ApiPropertyOptional({
    type: () => [PlanWarningDto],
    description: 'Of the run just planned: fallbacks that could not take it in an outage, odd times. Absent: none.',
  })
  warnings?: readonly PlanWarningDto[];
}

export class PostPageDto {
  @ApiProperty({ type: [PostDto] })
  items!: readonly PostDto[];
  @ApiPropertyOptional({ description: 'Present while there may be more, also on a page shorter than `limit`.' })
  nextCursor?: string;
}

export class PlanViolationDto {
  @ApiProperty({ example: 'targets.0.caption' })
  field!: string;
  @ApiProperty({ example: 'content.invalid' })
  code!: string;
  @ApiProperty()
  rule!: string;
  @ApiProperty()
  message!: string;
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  limit?: number | string;
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  actual?: number | string;
  @ApiPropertyOptional({ description: 'The document a limit comes from.' })
  source?: string;
}

export class PlanWarningDto {
  @ApiProperty()
  field!: string;
  @ApiProperty({ example: 'schedule.gap' })
  code!: string;
  @ApiProperty()
  message!: string;
}

class FallbackOutDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiPropertyOptional({ enum: FALLBACK_FAULTS, description: 'Absent: it can take this very post.' })
  fault?: FallbackFault;
  @ApiPropertyOptional({ description: 'Why not, and what to do.' })
  message?: string;
}

class WayOutDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: PLATFORM_REACTIONS, description: 'What its route does then.' })
  onDown!: WayOut['onDown'];
  @ApiProperty({ type: [FallbackOutDto], description: 'Best first; empty: its route names nobody.' })
  fallbacks!: readonly FallbackOutDto[];
}

export class ValidationDto {
  @ApiProperty()
  valid!: boolean;
  @ApiProperty({ type: [PlanViolationDto] })
  violations!: readonly PlanViolationDto[];
  @ApiProperty({ type: [PlanWarningDto] })
  warnings!: readonly PlanWarningDto[];
  @ApiProperty({ type: [WayOutDto], description: 'Where each target would go were its platform down now.' })
  waysOut!: readonly WayOutDto[];
}

export class SwitchedPostDto extends PostDto {
  @ApiProperty({ description: 'Targets that wait under a switch now. What is due later is held when its time comes.' })
  held!: number;
  @ApiProperty({ description: 'Targets that are being published already; nothing can take them back.' })
  tooLate!: number;
  @ApiProperty({ description: 'Targets let go by this call; each goes out at its time, at once when that is past.' })
  released!: number;
  @ApiProperty({
    description: 'Targets that got too old while they waited. POST /v1/posts/{id}/retry sends them anyway.',
  })
  missed!: number;
}

export const toPostDto = ({ post, status, targets, warnings = [] }: PostView): PostDto => ({
  id: post.id,
  kind: post.kind,
  status,
  caption: post.caption,
  ...(post.title === undefined ? {} : { title: post.title }),
  tags: post.tags,
  mediaIds: [post.media.id],
  options: post.options,
  variants: post.variants,
  ...(post.recycling === undefined ? {} : { recycling: post.recycling }),
  ...(post.pausedAt === undefined ? {} : { pausedAt: post.pausedAt.toISOString() }),
  ...(post.pauseReason === undefined ? {} : { pauseReason: post.pauseReason }),
  version: post.version,
  createdAt: post.createdAt.toISOString(),
  updatedAt: post.updatedAt.toISOString(),
  targets: targets.map(toTargetResponse),
  ...(warnings.length === 0 ? {} : { warnings: warnings.map(toWarningDto) }),
});

export const toSwitchedPostDto = ({ post, held, tooLate, released, missed }: SwitchedPost): SwitchedPostDto => ({
  ...toPostDto(post),
  held,
  tooLate,
  released,
  missed,
});

export const toValidationDto = ({ findings, warnings, waysOut = [] }: ReviewedSchedule): ValidationDto => ({
  valid: findings.length === 0,
  violations: findings.map(({ code, violation }) => ({ code, ...violation })),
  warnings: warnings.map(toWarningDto),
  waysOut: waysOut.map(({ accountId, onDown, fallbacks }) => ({ accountId, onDown, fallbacks })),
});

const toWarningDto = ({ field, code, message }: Warning): PlanWarningDto => ({ field, code, message });
