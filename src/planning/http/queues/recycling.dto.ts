import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Allow, ArrayMaxSize, IsArray, IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { RecyclingView } from '../../application/queues/recycling-desk.js';
import { GAP_UNITS } from '../../domain/queues/queue.js';
import { MAX_VARIATIONS, type Variation, type VariationWish } from '../../domain/queues/variation.js';
import { SeasonDto } from './queue.request.dto.js';

const object = { type: 'object', additionalProperties: true } as const;

const Field = (schema: object): PropertyDecorator => applyDecorators(ApiPropertyOptional(schema), Allow());
const whole = { type: 'integer', nullable: true } as const;

/** How posts return. Every field may be left out; in a change, null clears. Planning judges the values. */
export class RecyclingDto {
  @Field({ ...whole, example: 2, description: 'Least distance of two runs, in `gapFreq`.' })
  gap?: unknown;

  @Field({ enum: [...GAP_UNITS, null], description: 'day when left out. A month is a month of the calendar.' })
  gapFreq?: unknown;

  @Field({
    oneOf: [{ type: 'integer' }, { ...object, description: 'By platform.' }],
    description: 'Least days between two runs on one account; lengthened to what its platform bears.',
  })
  cooldownDays?: unknown;

  @Field({ type: 'string', example: '2027-01-01', description: "First day, in the queue's zone." })
  startDate?: unknown;

  @Field({ type: 'string', example: '2027-12-31', description: 'Last day.' })
  expireDate?: unknown;

  @Field({ ...whole, description: 'Most runs in its life; a run that an outage took does not count.' })
  expireCount?: unknown;

  @Field({ ...whole, description: 'For queues in order of priority: higher goes first.' })
  priority?: unknown;

  @Field({ type: 'number', description: 'For weighted queues: 2 runs twice as often as 1.' })
  weight?: unknown;

  @Field({
    type: 'array',
    items: { $ref: getSchemaPath(SeasonDto) },
    description: 'Parts of the year in which it may run.',
  })
  seasons?: unknown;
}

export class DuplicateRuleDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({
    description: 'Days between two runs on one account, as they hold: never fewer than the platform bears.',
  })
  cooldownDays!: number;
  @ApiProperty()
  why!: string;
}

export class PostRecyclingDto {
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ ...object, description: "The post's own settings." })
  recycling!: Readonly<Record<string, unknown>>;
  @ApiProperty({ ...object, description: 'What holds: its own, then those of its categories.' })
  effective!: Readonly<Record<string, unknown>>;
  @ApiProperty({ type: [DuplicateRuleDto] })
  duplicateRules!: readonly DuplicateRuleDto[];
}

export class CategoryRecyclingDto {
  @ApiProperty({ description: 'A tag of posts.' })
  category!: string;
  @ApiProperty(object)
  recycling!: Readonly<Record<string, unknown>>;
}

export class VariationRequestDto {
  @ApiPropertyOptional({ description: 'Instead of the caption of the post and of its platform variants.' })
  @IfGiven()
  @IsString()
  caption?: string;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  title?: string;

  @ApiPropertyOptional({ type: [String], description: 'Without #; they end the caption.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(30)
  @IsString({ each: true })
  hashtags?: string[];

  @ApiPropertyOptional({ description: 'The frame that is the cover, ms from the start of the video.' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  coverMs?: number;
}

export class VariationsRequestDto {
  @ApiProperty({ type: [VariationRequestDto], description: 'All of them; the post itself is one wording more.' })
  @IsArray()
  @ArrayMaxSize(MAX_VARIATIONS)
  @ValidateNested({ each: true })
  @Type(() => VariationRequestDto)
  variations!: VariationRequestDto[];
}

export class VariationDto {
  @ApiProperty({ description: '1 or more; the same words keep it.' })
  number!: number;
  @ApiPropertyOptional()
  caption?: string;
  @ApiPropertyOptional()
  title?: string;
  @ApiPropertyOptional({ type: [String] })
  hashtags?: readonly string[];
  @ApiPropertyOptional()
  coverMs?: number;
}

export class VariationsDto {
  @ApiProperty({ type: [VariationDto] })
  items!: readonly VariationDto[];
}

export const toPostRecyclingDto = ({ post, effective, rules }: RecyclingView): PostRecyclingDto => {
  const { contentVariations: _, ...recycling } = post.recycling ?? {};
  return { postId: post.id, recycling, effective: { ...effective }, duplicateRules: rules };
};

/** Only what was sent. */
export const toRecyclingChange = (dto: RecyclingDto): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));

export const toVariationsDto = (items: readonly Variation[]): VariationsDto => ({ items });

export const toWishes = ({ variations }: VariationsRequestDto): readonly VariationWish[] =>
  variations.map(
    (wish) => Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as VariationWish,
  );
