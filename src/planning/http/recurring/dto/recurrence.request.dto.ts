import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';
import type { RecurrenceToPreview } from '../../../application/recurring/preview-recurrence.js';
import type { RecurrenceToSet } from '../../../application/recurring/set-recurrence.js';
import { MAX_DATES } from '../../../domain/recurring/check-recurrence.js';
import { MAX_OCCURRENCES } from '../../../domain/recurring/occurrences.js';
import { MAX_TARGETS } from '../../../domain/plan-schedule.js';
import { TargetRequestDto, toTargetRequest } from '../../dto/schedule.request.dto.js';
import { Instant } from './instant.js';

const LOCAL = { example: '2026-12-01T18:30', description: 'Local time in `timezone`.' };

const LocalTimes = (description: string): PropertyDecorator => {
  return (target, key) => {
    ApiPropertyOptional({ type: [String], example: ['2026-12-25T18:30'], maxItems: MAX_DATES, description })(
      target,
      key,
    );
    IfGiven()(target, key);
    IsArray()(target, key);
    IsString({ each: true })(target, key);
    MaxLength(40, { each: true })(target, key);
  };
};

/** When something recurs. */
class RecurrenceRuleDto {
  @ApiProperty({
    example: 'FREQ=WEEKLY;BYDAY=MO,TH',
    description:
      'RRULE of RFC 5545: HOURLY to YEARLY with INTERVAL, COUNT or UNTIL, BY parts and WKST; at most 24 runs a day.',
  })
  @IsString()
  @MaxLength(2_100)
  rule!: string;

  @ApiProperty({ ...LOCAL, description: 'DTSTART: the rule counts from here, on the clocks of `timezone`.' })
  @IsString()
  @MaxLength(40)
  start!: string;

  @ApiPropertyOptional({ example: 'Europe/Paris', description: "IANA zone; the workspace's when left out." })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  timezone?: string;

  @LocalTimes('EXDATE: runs left out, by local time.')
  exdates?: string[];

  @LocalTimes('RDATE: runs added, by local time.')
  rdates?: string[];
}

export class RecurrenceTargetDto extends OmitType(TargetRequestDto, ['scheduledAt'] as const) {}

export class SetRecurrenceDto extends RecurrenceRuleDto {
  @ApiProperty({ type: [RecurrenceTargetDto], description: 'Where every run goes; each account once.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_TARGETS)
  @ValidateNested({ each: true })
  @Type(() => RecurrenceTargetDto)
  targets!: RecurrenceTargetDto[];

  @ApiPropertyOptional({
    default: false,
    description: 'No new runs; planned ones are taken back unless a person changed or locked them.',
  })
  @IfGiven()
  @IsBoolean()
  paused?: boolean;
}

export class PreviewRecurrenceDto extends RecurrenceRuleDto {
  @Instant('Runs at or after; now when left out.')
  from?: string;

  @Instant('Runs before; a year after `from` when left out.')
  to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_OCCURRENCES, default: 100 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_OCCURRENCES)
  limit?: number;
}

const ruleOf = ({ rule, start, timezone, exdates = [], rdates = [] }: RecurrenceRuleDto) => ({
  rule,
  start,
  exdates,
  rdates,
  ...(timezone === undefined ? {} : { timezone }),
});

export const toRecurrenceToSet = (dto: SetRecurrenceDto): RecurrenceToSet => ({
  ...ruleOf(dto),
  targets: dto.targets.map(toTargetRequest),
  isPaused: dto.paused ?? false,
});

export const toRecurrenceToPreview = ({
  from,
  to,
  limit = 100,
  ...rule
}: PreviewRecurrenceDto): RecurrenceToPreview => ({
  ...ruleOf(rule),
  ...(from === undefined ? {} : { from: new Date(from) }),
  ...(to === undefined ? {} : { until: new Date(to) }),
  limit,
});
