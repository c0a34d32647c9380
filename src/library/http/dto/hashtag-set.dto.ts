import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, Length, Matches, MaxLength } from 'class-validator';
import { type HashtagSet, MAX_HASHTAG, MAX_SET_HASHTAGS, MAX_SET_NAME } from '../../domain/hashtag-set.js';

export class CreateHashtagSetDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_SET_NAME, description: 'For you to tell sets apart.' })
  @IsString()
  @Length(1, MAX_SET_NAME)
  @Matches(/\S/, { message: 'name needs a word' })
  name!: string;

  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MAX_SET_HASHTAGS,
    example: ['#tea', '#kitchen'],
    description: 'In the order in which they are appended; with or without #.',
  })
  @IsArray()
  @ArrayMaxSize(MAX_SET_HASHTAGS)
  @IsString({ each: true })
  @MaxLength(2 * MAX_HASHTAG, { each: true })
  hashtags!: string[];
}

export class UpdateHashtagSetDto extends PartialType(CreateHashtagSetDto, { skipNullProperties: false }) {}

export class HashtagSetDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: [String] })
  hashtags!: readonly string[];
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class HashtagSetPageDto {
  @ApiProperty({ type: [HashtagSetDto] })
  items!: readonly HashtagSetDto[];
  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  nextCursor?: string;
}

export const toHashtagSetDto = (set: HashtagSet): HashtagSetDto => ({
  id: set.id,
  name: set.name,
  hashtags: set.hashtags,
  version: set.version,
  createdAt: set.createdAt.toISOString(),
  updatedAt: set.updatedAt.toISOString(),
});
