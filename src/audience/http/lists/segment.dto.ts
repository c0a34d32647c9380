import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, Length } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import type { Segment, SegmentCount } from '../../domain/lists/segments.port.js';

const FILTER = {
  type: 'object',
  additionalProperties: true,
  description:
    'A condition, or {"all": [...]}, {"any": [...]}, {"not": ...} of them; at most 50 parts, 5 deep. Conditions: ' +
    'field tags (hasAny, hasAll, hasNone with values), language, zone, emailDomain (in, notIn with values), phone ' +
    '(exists, missing), createdAt, confirmedAt (before, after, withinDays, olderThanDays with value); or attribute ' +
    '(equals, notEquals, atLeast, atMost with value; in, notIn with values; exists, missing).',
  example: {
    all: [
      { field: 'tags', op: 'hasAny', values: ['fans'] },
      { attribute: 'age', op: 'atLeast', value: 18 },
    ],
  },
} as const;

export class CreateSegmentDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty(FILTER)
  @IsObject()
  filter!: Record<string, unknown>;
}

export class ChangeSegmentDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IfGiven()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional(FILTER)
  @IfGiven()
  @IsObject()
  filter?: Record<string, unknown>;
}

export class CountSegmentDto {
  @ApiProperty(FILTER)
  @IsObject()
  filter!: Record<string, unknown>;
}

export class SegmentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty(FILTER)
  filter!: object;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class SegmentPageDto {
  @ApiProperty({ type: [SegmentDto] })
  items!: readonly SegmentDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class SegmentCountDto implements SegmentCount {
  @ApiProperty({ description: 'On the list and found by the filter, whatever their status.' })
  total!: number;
  @ApiProperty({ description: 'Of these, who would get mail now.' })
  email!: number;
  @ApiProperty({ description: 'Of these, who would get a text message now.' })
  sms!: number;
}

export const toSegmentDto = ({ id, name, filter, createdAt, updatedAt }: Segment): SegmentDto => ({
  ...{ id, name, filter },
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
