import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { DEADLINE_RULES, type DeadlineRule } from '../../../publishing/domain/approvals/approval.policy.js';
import { TargetResponse, type VerdictResult } from '../../../publishing/index.js';
import type { ApprovalEntry, ApprovalRule, WaitingApproval } from '../../application/approvals/approval-reader.js';

const MOST = 1_000;
const MAX_COMMENT = 2_000;
const HASH = /^[0-9a-f]{64}$/;
const HASH_MESSAGE = { message: 'contentHash must be the 64 hex digits of an entry of GET /v1/approvals' };
const SEEN = 'What you looked at (`contentHash` of GET /v1/approvals); other words give 412.';

export class ListApprovalsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['waiting', 'rejected'], default: 'waiting' })
  @IsOptional()
  @IsIn(['waiting', 'rejected'])
  state: 'waiting' | 'rejected' = 'waiting';

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;
}

const COMMENT_MESSAGE = `Say what is to be changed: a rejection needs a comment of 1 to ${MAX_COMMENT} characters.`;

export class CommentDto {
  @ApiPropertyOptional({ maxLength: MAX_COMMENT })
  @IfGiven()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
}

export class ApproveDto extends CommentDto {
  @ApiPropertyOptional({ description: SEEN })
  @IfGiven()
  @IsString()
  @Matches(HASH, HASH_MESSAGE)
  contentHash?: string;
}

export class RejectPostDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_COMMENT, description: 'What is to be changed.' })
  @IsString({ message: COMMENT_MESSAGE })
  @Length(1, MAX_COMMENT, { message: COMMENT_MESSAGE })
  comment!: string;
}

export class RejectDto extends RejectPostDto {
  @ApiPropertyOptional({ description: SEEN })
  @IfGiven()
  @IsString()
  @Matches(HASH, HASH_MESSAGE)
  contentHash?: string;
}

export class DecisionItemDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  targetId!: string;

  @ApiPropertyOptional({ description: SEEN })
  @IfGiven()
  @IsString()
  @Matches(HASH, HASH_MESSAGE)
  contentHash?: string;
}

export class DecideManyDto {
  @ApiProperty({ enum: ['approve', 'reject', 'withdraw'] })
  @IsIn(['approve', 'reject', 'withdraw'])
  verdict!: 'approve' | 'reject' | 'withdraw';

  @ApiProperty({ type: [DecisionItemDto], minItems: 1, maxItems: MOST })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => DecisionItemDto)
  items!: DecisionItemDto[];

  @ApiPropertyOptional({ maxLength: MAX_COMMENT, description: 'A rejection needs one.' })
  @IfGiven()
  @IsString()
  @Length(1, MAX_COMMENT)
  comment?: string;
}

export class RuleBodyDto {
  @ApiProperty()
  @IsBoolean()
  needsApproval!: boolean;

  @ApiPropertyOptional({
    enum: DEADLINE_RULES,
    default: 'hold',
    description: 'What becomes of a post whose time passes unapproved: `hold` until it is stale, or `miss`.',
  })
  @IsOptional()
  @IsIn(DEADLINE_RULES)
  onDeadline: DeadlineRule = 'hold';
}

export class ApprovalRuleDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Absent: of the workspace.' })
  accountId?: string;
  @ApiProperty()
  needsApproval!: boolean;
  @ApiProperty({ enum: DEADLINE_RULES })
  onDeadline!: DeadlineRule;
}

export class ApprovalRuleListDto {
  @ApiProperty({ type: [ApprovalRuleDto], description: "The workspace's first, then accounts that differ from it." })
  items!: readonly ApprovalRuleDto[];
}

export class WaitingApprovalDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  platform!: string;
  @ApiProperty({ enum: ['waiting', 'rejected'] })
  state!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiProperty({ format: 'date-time', description: 'After it the target is missed.' })
  waitsUntil!: string;
  @ApiProperty()
  caption!: string;
  @ApiPropertyOptional()
  title?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  mediaId?: string;
  @ApiProperty({ description: 'Name it with your verdict, so that it is about these very words.' })
  contentHash!: string;
  @ApiPropertyOptional({ description: 'Who asked, or said no, last.' })
  lastActor?: string;
  @ApiPropertyOptional()
  lastComment?: string;
}

export class WaitingApprovalPageDto {
  @ApiProperty({ type: [WaitingApprovalDto], description: 'The soonest first.' })
  items!: readonly WaitingApprovalDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class ApprovalEntryDto {
  @ApiProperty({ enum: ['requested', 'given', 'rejected', 'withdrawn', 'expired'] })
  action!: string;
  @ApiProperty({ example: 'member:0192…' })
  actor!: string;
  @ApiPropertyOptional()
  comment?: string;
  @ApiProperty({ description: 'Of what the target said then.' })
  contentHash!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class ApprovalHistoryDto {
  @ApiProperty({ type: [ApprovalEntryDto], description: 'The oldest first.' })
  items!: readonly ApprovalEntryDto[];
}

export class DecidedPostDto {
  @ApiProperty({ type: [TargetResponse] })
  targets!: readonly TargetResponse[];
}

export class RefusedDecisionDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ example: 'approval.not_waiting' })
  code!: string;
  @ApiProperty()
  detail!: string;
}

export class DecidedManyDto {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Ids; what stood so already is in neither list.' })
  changed!: readonly string[];
  @ApiProperty({ type: [RefusedDecisionDto] })
  refused!: readonly RefusedDecisionDto[];
}

const given = <K extends string, V>(key: K, value: V | null): { [P in K]?: V } =>
  (value === null ? {} : { [key]: value }) as { [P in K]?: V };

export const toRuleDto = ({ accountId, needsApproval, onDeadline }: ApprovalRule): ApprovalRuleDto => ({
  ...given('accountId', accountId),
  needsApproval,
  onDeadline,
});

export const toWaitingDto = (item: WaitingApproval): WaitingApprovalDto => ({
  targetId: item.targetId,
  postId: item.postId,
  accountId: item.accountId,
  platform: item.platform,
  state: item.state,
  scheduledAt: item.scheduledAt.toISOString(),
  waitsUntil: item.waitsUntil.toISOString(),
  caption: item.caption,
  ...given('title', item.title),
  ...given('mediaId', item.mediaId),
  contentHash: item.contentHash,
  ...given('lastActor', item.lastActor),
  ...given('lastComment', item.lastComment),
});

export const toEntryDto = ({ action, actor, comment, contentHash, at }: ApprovalEntry): ApprovalEntryDto => ({
  action,
  actor,
  ...given('comment', comment),
  contentHash,
  at: at.toISOString(),
});

export const toDecidedManyDto = ({ changed, refused }: VerdictResult): DecidedManyDto => ({
  changed,
  refused: refused.map(({ targetId, error }) => ({ targetId, code: error.code, detail: error.message })),
});
