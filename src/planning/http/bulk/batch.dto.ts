import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { IsInstant } from '../../../infra/http/is-instant.js';
import { POST_KINDS, type PostKind } from '../../../library/domain/post-snapshot.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { TARGET_STATUSES, type TargetStatus } from '../../../publishing/domain/targets/target-status.js';
import type { TargetChoice } from '../../../publishing/domain/targets/target-times.port.js';
import type { PostChoice } from '../../application/bulk/switch-posts.js';
import { MAX_BATCH_POSTS, noChoice } from '../../domain/bulk/batch.errors.js';

const MAX_IDS = 1_000;

class TargetFilterDto {
  @ApiPropertyOptional({ enum: TARGET_STATUSES })
  @IfGiven()
  @IsIn(TARGET_STATUSES)
  status?: TargetStatus;
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IfGiven()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;
  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsUUID()
  accountId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsUUID()
  postId?: string;
  @ApiPropertyOptional({ description: 'Of their posts.' })
  @IfGiven()
  @IsString()
  @Length(1, 100)
  tag?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Scheduled at or after.' })
  @IsOptional()
  @IsInstant('from')
  from?: Date;
  @ApiPropertyOptional({ format: 'date-time', description: 'Scheduled before.' })
  @IsOptional()
  @IsInstant('to')
  to?: Date;
}

/** Which targets, and whether to say only what would happen. */
export class TargetBatchDto {
  @ApiPropertyOptional({ type: [String], maxItems: MAX_IDS, description: 'These; not together with filter.' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_IDS)
  @IsUUID(undefined, { each: true })
  targetIds?: string[];

  @ApiPropertyOptional({ type: TargetFilterDto, description: 'All that fit, at most 10,000; at least one field.' })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => TargetFilterDto)
  filter?: TargetFilterDto;

  @ApiPropertyOptional({ default: false, description: 'Say what would happen; change nothing.' })
  @IfGiven()
  @IsBoolean()
  dryRun: boolean = false;
}

class ShiftDto {
  @ApiPropertyOptional({ minimum: -3650, maximum: 3650, default: 0 })
  @IfGiven()
  @IsInt()
  @Min(-3_650)
  @Max(3_650)
  days: number = 0;
  @ApiPropertyOptional({ minimum: -10080, maximum: 10080, default: 0 })
  @IfGiven()
  @IsInt()
  @Min(-10_080)
  @Max(10_080)
  minutes: number = 0;
}

export class ShiftTargetsDto extends TargetBatchDto {
  @ApiProperty({
    type: ShiftDto,
    description: 'On the wall of each target’s zone: a day later is the same time of day.',
  })
  @IsObject()
  @ValidateNested()
  @Type(() => ShiftDto)
  by!: ShiftDto;
}

/** Where what is sent again goes: one after the other, or back to the queue that had planned it. */
export const REQUEUE_PLACES = ['pace', 'queue'] as const;

export class RequeueTargetsDto extends TargetBatchDto {
  @ApiPropertyOptional({
    enum: REQUEUE_PLACES,
    default: 'pace',
    description:
      '`pace`: one after the other on each account. `queue`: each run takes the next free slot of the queue that had ' +
      'planned it, by the rules of queue and post; at most 1,000. What no queue planned is left alone.',
  })
  @IfGiven()
  @IsIn(REQUEUE_PLACES)
  into: (typeof REQUEUE_PLACES)[number] = 'pace';
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The first of each account, or the earliest slot; now when left out.',
  })
  @IsOptional()
  @IsInstant('startAt')
  startAt?: Date;
  @ApiPropertyOptional({ minimum: 1, maximum: 10080, default: 60, description: 'Between two on one account.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(10_080)
  everyMinutes: number = 60;
}

export class PostFilterDto {
  @ApiPropertyOptional({ enum: POST_KINDS })
  @IfGiven()
  @IsIn(POST_KINDS)
  kind?: PostKind;
  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  @Length(1, 100)
  tag?: string;
}

export class SwitchPostsDto {
  @ApiPropertyOptional({ type: [String], maxItems: MAX_BATCH_POSTS, description: 'These; not together with filter.' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BATCH_POSTS)
  @IsUUID(undefined, { each: true })
  postIds?: string[];

  @ApiPropertyOptional({ type: PostFilterDto, description: 'All that fit, at most 1,000; at least one field.' })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => PostFilterDto)
  filter?: PostFilterDto;

  @ApiPropertyOptional({ default: false, description: 'Say what would happen; change nothing.' })
  @IfGiven()
  @IsBoolean()
  dryRun: boolean = false;
}

export class SwitchedPostsDto {
  @ApiProperty()
  dryRun!: boolean;
  @ApiProperty()
  matched!: number;
  @ApiProperty({ description: 'Posts that stood otherwise before.' })
  changed!: number;
  @ApiProperty({ type: [String], description: 'Those.' })
  postIds!: readonly string[];
  @ApiProperty({ description: 'Targets that wait under the switch now.' })
  held!: number;
  @ApiProperty({ description: 'Targets that are being published already.' })
  tooLate!: number;
  @ApiProperty({ description: 'Targets let go by this call.' })
  released!: number;
  @ApiProperty({ description: 'Targets that got too old while they waited.' })
  missed!: number;
}

const said = <T extends object>(filter: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(filter ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** @throws DomainError `batch.no_choice` */
export const toTargetChoice = ({ targetIds, filter }: TargetBatchDto): TargetChoice => {
  const fields = said(filter);
  if ((targetIds !== undefined) === Object.keys(fields).length > 0) throw noChoice();
  return targetIds === undefined ? fields : { targetIds: targetIds.map((id) => id.toLowerCase()) };
};

/** @throws DomainError `batch.no_choice` */
export const toPostChoice = ({ postIds, filter }: SwitchPostsDto): PostChoice => {
  const fields = said(filter);
  if ((postIds !== undefined) === Object.keys(fields).length > 0) throw noChoice();
  return postIds === undefined ? { filter: fields } : { postIds: postIds.map((id) => id.toLowerCase()) };
};
