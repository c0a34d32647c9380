import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ScheduleRequest, TargetRequest } from '../../domain/plan-schedule.js';
import { IfGiven } from '../../../infra/http/if-given.js';

const TIME = {
  example: '2026-12-01T18:30',
  description: 'ISO instant (2026-12-01T17:30:00Z) or local time (2026-12-01T18:30) in `timezone`.',
};

export class TargetRequestDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  accountId!: string;

  @ApiPropertyOptional({ ...TIME, description: `${TIME.description} The request's own time when left out.` })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  scheduledAt?: string;

  @ApiPropertyOptional({ description: "Words for this account alone; the platform's variant or the post's otherwise." })
  @IfGiven()
  @IsString()
  caption?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  title?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IfGiven()
  @IsObject()
  options?: Record<string, unknown>;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 3600,
    default: 0,
    description:
      '0: exactly at the time. Else at one instant within so many seconds after it, evenly spread over targets and fixed ' +
      'for each; the answer shows both as `plannedAt` and `scheduledAt`. Freshness counts from `scheduledAt`.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(3600)
  spreadSeconds?: number;
}

/** When and where a post runs. */
export class ScheduleRequestDto {
  @ApiPropertyOptional({ description: 'At once; not together with scheduledAt.' })
  @IfGiven()
  @IsBoolean()
  publishNow?: boolean;

  @ApiPropertyOptional(TIME)
  @IfGiven()
  @IsString()
  @MaxLength(40)
  scheduledAt?: string;

  @ApiPropertyOptional({ example: 'Europe/Paris', description: "IANA zone; the workspace's when left out." })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  timezone?: string;

  @ApiPropertyOptional({ type: [TargetRequestDto], description: 'At most 50, each account once.' })
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TargetRequestDto)
  targets?: TargetRequestDto[];
}

export const toTargetRequest = (dto: TargetRequestDto): TargetRequest => ({
  accountId: dto.accountId.toLowerCase(),
  ...(dto.scheduledAt === undefined ? {} : { scheduledAt: dto.scheduledAt }),
  ...(dto.caption === undefined ? {} : { caption: dto.caption }),
  ...(dto.title === undefined ? {} : { title: dto.title }),
  ...(dto.options === undefined ? {} : { options: dto.options }),
  ...(dto.spreadSeconds === undefined ? {} : { spreadSeconds: dto.spreadSeconds }),
});

export const toScheduleRequest = (dto: ScheduleRequestDto): ScheduleRequest => ({
  ...(dto.publishNow === undefined ? {} : { publishNow: dto.publishNow }),
  ...(dto.scheduledAt === undefined ? {} : { scheduledAt: dto.scheduledAt }),
  ...(dto.timezone === undefined ? {} : { timezone: dto.timezone }),
  targets: (dto.targets ?? []).map(toTargetRequest),
});
