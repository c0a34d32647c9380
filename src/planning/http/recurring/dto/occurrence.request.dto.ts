import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';
import { PageQuery } from '../../../../infra/http/page.js';
import type { OccurrenceWish } from '../../../domain/recurring/change-occurrence.js';
import { LATEST_WALL } from '../../../domain/recurring/recurrence.js';
import { badMove } from '../../../domain/recurring/recurring.errors.js';
import { parseWallTime, type WallTime } from '../../../domain/wall-time.js';
import { Instant } from './instant.js';

export class ListOccurrencesQuery extends PageQuery {
  @Instant('Runs at or after; now when left out.')
  from?: string;

  @Instant('Runs before; a year after `from` when left out.')
  to?: string;
}

/** Null takes back what was said. */
export class ChangeOccurrenceDto {
  @ApiPropertyOptional({ description: 'This run is left out; false brings it back.' })
  @IfGiven()
  @IsBoolean()
  skipped?: boolean;

  @ApiPropertyOptional({ description: 'Changes of the recurrence leave this run as it is planned.' })
  @IfGiven()
  @IsBoolean()
  locked?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '2026-12-02T09:00',
    description: "Another local time in the recurrence's zone; null: its own time again.",
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  movedTo?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Of this run alone, on all its accounts.' })
  @IsOptional()
  @IsString()
  caption?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  title?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true })
  @IsOptional()
  @IsObject()
  options?: Record<string, unknown> | null;
}

export const toOccurrenceWish = ({ skipped, locked, movedTo, caption, title, options }: ChangeOccurrenceDto) =>
  ({
    ...(skipped === undefined ? {} : { isSkipped: skipped }),
    ...(locked === undefined ? {} : { isLocked: locked }),
    ...(movedTo === undefined ? {} : { movedTo: movedTo === null ? null : wallOfMove(movedTo) }),
    ...(caption === undefined ? {} : { caption }),
    ...(title === undefined ? {} : { title }),
    ...(options === undefined ? {} : { options }),
  }) satisfies OccurrenceWish;

/** @throws DomainError `schedule.bad_time` */
const wallOfMove = (text: string): WallTime => {
  const wall = parseWallTime(text);
  if (wall === undefined || wall >= LATEST_WALL) throw badMove(text);
  return wall;
};
