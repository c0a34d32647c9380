import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { EVENT_CATALOGUE, EVENT_TYPES, type EventType } from '../../../kernel/event-catalogue.js';
import { EVENT_DATA_DTOS } from './event-data.dto.js';

/** Types as `a,b` or repeated. */
export const asTypes = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;

export class EventsQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 100, description: 'Of a page; a stream has no limit.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;

  @ApiPropertyOptional({ description: 'Id of the last event you got; the same as the header Last-Event-ID.' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  after?: string;

  @ApiPropertyOptional({ description: 'The same as `after`: `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  cursor?: string;

  @ApiPropertyOptional({
    enum: EVENT_TYPES,
    isArray: true,
    description: 'Only these (also as one list, `a,b`); default: all.',
  })
  @IsOptional()
  @Transform(asTypes)
  @ArrayMaxSize(EVENT_TYPES.length)
  @IsIn(EVENT_TYPES, { each: true, message: `each type must be one of: ${EVENT_TYPES.join(', ')}` })
  types?: EventType[];
}

const meanings = Object.entries(EVENT_CATALOGUE).map(([type, { meaning }]) => `- \`${type}\`: ${meaning}`);

@ApiExtraModels(...EVENT_DATA_DTOS)
export class EventDto {
  @ApiProperty({ description: 'Names the event for ever; resume after it.', example: '1834-201' })
  id!: string;
  @ApiProperty({ enum: EVENT_TYPES, description: meanings.join('\n') })
  type!: string;
  @ApiProperty({ format: 'date-time' })
  timestamp!: string;
  @ApiProperty({ anyOf: EVENT_DATA_DTOS.map((dto) => ({ $ref: getSchemaPath(dto) })), description: 'By type.' })
  data!: object;
}

export class EventPageDto {
  @ApiProperty({ type: [EventDto] })
  items!: readonly EventDto[];
  @ApiProperty({ description: 'Always there: send it as `cursor` to get what comes next, now or later.' })
  nextCursor!: string;
}
