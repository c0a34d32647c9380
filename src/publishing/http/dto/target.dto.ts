import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { IsInstant } from '../../../infra/http/is-instant.js';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { openQuestionOf } from '../../domain/targets/open-question.js';
import { HOLD_REASONS, type HoldReason } from '../../domain/targets/target-state.js';
import { TARGET_ROLES, type TargetRole, type TargetSummary } from '../../domain/targets/target-summary.js';
import { TARGET_STATUSES, type TargetStatus } from '../../domain/targets/target-status.js';
import { DuplicateResponse, LateCopyRemovalResponse } from './copies.dto.js';

export class ListTargetsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: TARGET_STATUSES })
  @IsOptional()
  @IsIn(TARGET_STATUSES)
  status?: TargetStatus;

  @ApiPropertyOptional({ enum: HOLD_REASONS, description: 'Held for this reason.' })
  @IsOptional()
  @IsIn(HOLD_REASONS)
  holdReason?: HoldReason;

  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IsOptional()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;

  @ApiPropertyOptional({ enum: TARGET_ROLES })
  @IsOptional()
  @IsIn(TARGET_ROLES)
  role?: TargetRole;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  postId?: string;

  @ApiPropertyOptional({ description: 'Scheduled at or after this instant.' })
  @IsOptional()
  @IsInstant('from')
  from?: Date;

  @ApiPropertyOptional({ description: 'Scheduled before this instant.' })
  @IsOptional()
  @IsInstant('to')
  to?: Date;
}

export class RerouteTargetRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'The account to use; the route chooses when left out.' })
  @IsOptional()
  @IsUUID()
  accountId?: string;
}

export class ReroutesRequest {
  @ApiProperty({ enum: PLATFORM_NAMES, description: 'Whose waiting targets move.' })
  @IsIn(PLATFORM_NAMES)
  platform!: PlatformName;

  @ApiPropertyOptional({ description: 'Only accounts of this region.' })
  @IsOptional()
  @IsString()
  @Matches(/^[a-z]{2,10}$/)
  region?: string;

  @ApiPropertyOptional({ description: 'Say what would move; move nothing.', default: false })
  @IsOptional()
  @IsBoolean()
  dryRun: boolean = false;
}

export class TargetErrorResponse {
  @ApiProperty()
  category!: string;

  @ApiProperty({ enum: ['user', 'platform', 'system'] })
  source!: string;

  @ApiProperty({
    enum: ['not_sent', 'rejected', 'unknown'],
    description: 'Alone decides whether sending again is safe.',
  })
  outcome!: string;

  @ApiProperty()
  detail!: string;
}

export class PossibleAnswerResponse {
  @ApiProperty({ example: 'POST /v1/targets/0192…/resolve' })
  request!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { absent: true } })
  body?: Readonly<Record<string, unknown>>;

  @ApiProperty()
  means!: string;
}

export class OpenQuestionResponse {
  @ApiProperty({ description: 'What to do, in one sentence.' })
  sentence!: string;

  @ApiProperty({ type: [PossibleAnswerResponse] })
  answers!: readonly PossibleAnswerResponse[];
}

export class TargetResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  postId!: string;

  @ApiProperty({ format: 'uuid' })
  occurrenceId!: string;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;

  @ApiProperty({ enum: TARGET_ROLES })
  role!: string;

  @ApiProperty({ format: 'uuid', description: 'The origin this one stands for; its own id for an origin.' })
  rootId!: string;

  @ApiPropertyOptional({ format: 'uuid' })
  replacementId?: string;

  @ApiProperty({ enum: TARGET_STATUSES })
  status!: string;

  @ApiPropertyOptional()
  holdReason?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  holdUntil?: string;
  @ApiPropertyOptional({ enum: ['waiting', 'given', 'rejected'], description: 'Absent: it needs no approval.' })
  approval?: string;

  @ApiProperty({ format: 'date-time', description: 'When it goes out, its spread included; lists are in this order.' })
  scheduledAt!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The time that was asked for, where it is spread after it.',
  })
  plannedAt?: string;

  @ApiPropertyOptional({ description: 'It goes out within so many seconds after `plannedAt`; absent: exactly then.' })
  spreadSeconds?: number;

  @ApiProperty({ description: 'Wall time in `timezone`.' })
  localTime!: string;

  @ApiProperty()
  timezone!: string;

  @ApiProperty({ format: 'date-time', description: 'After it the post is worthless here and is not sent.' })
  staleAt!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  publishedAt?: string;

  @ApiPropertyOptional()
  platformPostId?: string;

  @ApiPropertyOptional()
  permalink?: string;

  @ApiProperty({ description: 'Found live after doubt.' })
  late!: boolean;

  @ApiPropertyOptional({
    type: LateCopyRemovalResponse,
    description: 'It landed late beside its live replacement: whether it stays or is taken down, as its route says.',
  })
  removal?: LateCopyRemovalResponse;

  @ApiPropertyOptional({
    type: [String],
    description: 'What came out other than asked, in sentences: for example that YouTube made the video private.',
  })
  notices?: readonly string[];

  @ApiPropertyOptional({
    type: [DuplicateResponse],
    description: 'Second copies that proved live beside this one: look at them and remove what should not stay.',
  })
  duplicates?: readonly DuplicateResponse[];

  @ApiPropertyOptional({ type: OpenQuestionResponse, description: 'What a person is asked; with `needs_decision`.' })
  question?: OpenQuestionResponse;

  @ApiPropertyOptional({ type: TargetErrorResponse })
  error?: TargetErrorResponse;
}

export class TargetPageResponse {
  @ApiProperty({ type: [TargetResponse] })
  items!: readonly TargetResponse[];

  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  nextCursor?: string;
}

/** Fields one by one: what is not listed does not leave. */
export const toTargetResponse = (target: TargetSummary): TargetResponse => ({
  id: target.id,
  postId: target.postId,
  occurrenceId: target.occurrenceId,
  accountId: target.accountId,
  platform: target.platform,
  role: target.role,
  rootId: target.rootId,
  status: target.status,
  scheduledAt: target.scheduledAt.toISOString(),
  ...(target.plannedAt === undefined ? {} : { plannedAt: target.plannedAt.toISOString() }),
  ...(target.spreadSeconds === undefined ? {} : { spreadSeconds: target.spreadSeconds }),
  localTime: target.localTime,
  timezone: target.zone,
  staleAt: target.staleAt.toISOString(),
  late: target.late,
  ...(target.replacementId === undefined ? {} : { replacementId: target.replacementId }),
  ...(target.holdReason === undefined ? {} : { holdReason: target.holdReason }),
  ...(target.holdUntil === undefined ? {} : { holdUntil: target.holdUntil.toISOString() }),
  ...(target.approval === undefined ? {} : { approval: target.approval }),
  ...(target.publishedAt === undefined ? {} : { publishedAt: target.publishedAt.toISOString() }),
  ...(target.platformPostId === undefined ? {} : { platformPostId: target.platformPostId }),
  ...(target.permalink === undefined ? {} : { permalink: target.permalink }),
  ...(target.notices === undefined ? {} : { notices: target.notices }),
  ...(target.removal === undefined ? {} : { removal: target.removal }),
  ...(target.duplicates === undefined ? {} : { duplicates: target.duplicates }),
  ...(target.error === undefined ? {} : { error: target.error }),
  ...withQuestion(target),
});

const withQuestion = (target: TargetSummary): Pick<TargetResponse, 'question'> => {
  const question = openQuestionOf(target);
  return question ? { question } : {};
};
