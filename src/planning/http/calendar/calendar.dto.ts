import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { CalendarEntry } from '../../domain/calendar/calendar.js';
import { EMPTY_CODES } from '../../domain/queues/queue.js';

const MAX_ACCOUNTS = 50;
/** A month may hold thousands of entries, and they are small. */
const MAX_ENTRIES = 500;

export class CalendarQuery extends PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: MAX_ENTRIES, default: 25, description: 'How many to answer.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ENTRIES)
  override limit: number = 25;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now when left out.' })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  from?: string;

  @ApiProperty({ format: 'date-time', description: 'Exclusive; at most 732 days after `from` and from now.' })
  @IsString()
  @MaxLength(40)
  to!: string;

  @ApiPropertyOptional({ type: [String], description: 'Only these accounts; may come several times.' })
  @IfGiven()
  @Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]))
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @IsUUID(undefined, { each: true })
  accountId?: string[];
}

export class CalendarEntryDto {
  @ApiProperty({
    enum: ['target', 'forecast', 'empty'],
    description: 'A target that exists, a run that the planner would make, or a slot that would stay empty.',
  })
  kind!: string;
  @ApiProperty({ format: 'uuid', description: 'Of a target its id; else of the place, the same each time.' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ example: 'Europe/Paris' })
  zone!: string;
  @ApiProperty({ description: 'One sentence.' })
  why!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  postId?: string;
  @ApiPropertyOptional({ type: [String] })
  accountIds?: readonly string[];
  @ApiPropertyOptional({ description: 'The beginning of its title or else caption; absent where nothing runs.' })
  caption?: string;
  @ApiPropertyOptional({ enum: ['api', 'queue', 'rrule', 'fill'] })
  source?: string;
  @ApiPropertyOptional({ description: "Number of the post's variation; 0: its own words." })
  variation?: number;
  @ApiPropertyOptional({ format: 'uuid', description: 'With `slotId` and `localDate`: the place in a queue.' })
  queueId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  slotId?: string;
  @ApiPropertyOptional({ example: '2027-03-01' })
  localDate?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  occurrenceId?: string;
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  platform?: string;
  @ApiPropertyOptional({ enum: ['origin', 'reroute', 'catch_up', 'fill'] })
  role?: string;
  @ApiPropertyOptional()
  status?: string;
  @ApiPropertyOptional({ description: 'Wall time in `zone`; of a recurring forecast the name of the run.' })
  localTime?: string;
  @ApiPropertyOptional({ description: 'Its queue leaves it as it is.' })
  locked?: boolean;
  @ApiPropertyOptional({ enum: EMPTY_CODES })
  code?: string;
}

export class CalendarPageDto {
  @ApiProperty({ type: [CalendarEntryDto] })
  items!: readonly CalendarEntryDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class LockedRunDto {
  @ApiProperty({ format: 'uuid' })
  occurrenceId!: string;
  @ApiProperty()
  locked!: boolean;
}

export const toCalendarEntryDto = (entry: CalendarEntry): CalendarEntryDto => {
  const { kind, id, at, zone, why, place = {} } = entry;
  const shared = { kind, id, at: at.toISOString(), zone, why, ...place };
  switch (entry.kind) {
    case 'target': {
      const {
        postId,
        occurrenceId,
        accountId,
        platform,
        role,
        status,
        source,
        variation,
        caption,
        localTime,
        isLocked,
      } = entry;
      const target = { postId, occurrenceId, platform, role, status, source, variation, caption, localTime };
      return { ...shared, ...target, accountIds: [accountId], locked: isLocked };
    }
    case 'forecast': {
      const { postId, accountIds, source, variation, caption, localTime } = entry;
      return { ...shared, postId, accountIds, source, variation, caption, ...(localTime ? { localTime } : {}) };
    }
    case 'empty':
      return { ...shared, code: entry.code };
  }
};
