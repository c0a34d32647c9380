import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import type { CalendarFeed } from '../../domain/feed/calendar-feed.js';

export class CreateCalendarFeedDto {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'Shown by calendar programs.' })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'name needs a word' })
  name!: string;
}

export class CalendarFeedDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'To within an hour; absent: never read.' })
  lastReadAt?: string;
}

export class CalendarFeedWithAddressDto extends CalendarFeedDto {
  @ApiPropertyOptional({
    format: 'uri',
    example: 'https://perennial.example/calendar/….ics',
    description: 'Only in the first answer, never again. Whoever has it can read the plan.',
  })
  url?: string;
}

export class CalendarFeedPageDto {
  @ApiProperty({ type: [CalendarFeedDto] })
  items!: readonly CalendarFeedDto[];
  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  nextCursor?: string;
}

export const toCalendarFeedDto = ({ id, name, createdAt, lastReadAt }: CalendarFeed): CalendarFeedDto => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  ...(lastReadAt === null ? {} : { lastReadAt: lastReadAt.toISOString() }),
});
