import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { FATES, type Fate } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { REGION_PATTERN } from '../../../workspaces/domain/workspace.js';
import {
  DRILL_KINDS,
  DRILL_SPANS,
  DRILL_STATUSES,
  type DrillKind,
  type DrillStatus,
} from '../../domain/drills/drill.js';

export class WeeklyScheduleDto {
  @ApiProperty({ minimum: 1, maximum: 7, description: 'ISO: 1 is Monday, 7 Sunday.' })
  @IsInt()
  @Min(1)
  @Max(7)
  dayOfWeek!: number;

  @ApiProperty({ example: '09:30' })
  @IsString()
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'time must be HH:MM on a 24-hour clock, for example 09:30' })
  time!: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'IANA time zone.' })
  @IsString()
  @MaxLength(64)
  zone!: string;
}

export class CreateDrillDto {
  @ApiProperty({
    enum: DRILL_KINDS,
    description: 'dry_run: your real queue, no call, no change. sandbox: a copy, played.',
  })
  @IsIn(DRILL_KINDS, { message: `kind must be one of: ${DRILL_KINDS.join(', ')}` })
  kind!: DrillKind;

  @ApiProperty({ enum: PLATFORM_NAMES, description: 'The platform that is taken to be down.' })
  @IsIn(PLATFORM_NAMES, { message: `platform must be one of: ${PLATFORM_NAMES.join(', ')}` })
  platform!: PlatformName;

  @ApiPropertyOptional({ example: 'us', description: 'Every region when left out.' })
  @IfGiven()
  @Matches(REGION_PATTERN, { message: 'region must be 2 to 10 lower-case letters, for example us' })
  region?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now when left out. Not together with schedule.' })
  @IfGiven()
  @IsISO8601({ strict: true, strictSeparator: true }, { message: 'startsAt must be an ISO 8601 instant' })
  @Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message: 'startsAt must carry its offset, for example 2027-01-31T00:00:00Z' })
  startsAt?: string;

  @ApiPropertyOptional({ type: WeeklyScheduleDto, description: 'Once a week from now on, until it is cancelled.' })
  @IfGiven()
  @IsObject({ message: 'schedule must be an object with dayOfWeek, time and zone' })
  @ValidateNested()
  @Type(() => WeeklyScheduleDto)
  schedule?: WeeklyScheduleDto;

  @ApiPropertyOptional({
    minimum: DRILL_SPANS.dry_run.min,
    maximum: DRILL_SPANS.dry_run.max,
    description:
      'How long the outage is taken to last. dry_run: a day when left out, at most 7. sandbox: 1 h, at most 4.',
  })
  @IfGiven()
  @IsInt()
  durationSeconds?: number;
}

export class CancelDrillDto {
  @ApiPropertyOptional({
    default: false,
    description: 'Of a recurring drill: leave out this run, keep those after it.',
  })
  @IfGiven()
  @IsBoolean()
  onlyThis: boolean = false;
}

export class ListDrillsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DRILL_KINDS })
  @IfGiven()
  @IsIn(DRILL_KINDS)
  kind?: DrillKind;

  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IfGiven()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;

  @ApiPropertyOptional({ enum: DRILL_STATUSES })
  @IfGiven()
  @IsIn(DRILL_STATUSES)
  status?: DrillStatus;
}

export class ListDrillTargetsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: FATES })
  @IfGiven()
  @IsIn(FATES)
  fate?: Fate;
}
