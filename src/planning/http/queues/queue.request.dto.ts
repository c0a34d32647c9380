import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { MAX_QUEUE_ACCOUNTS } from '../../domain/queues/plan-queue.js';
import { type IsoDay, QUEUE_ORDERS, type QueueOrder } from '../../domain/queues/queue.js';
import { MAX_RANGES, MAX_SLOTS, type QueueRequest } from '../../domain/queues/queue-request.js';

const MAX_CATEGORIES = 30;
const MAX_INT = 2_147_483_647;
const YEAR_SECONDS = 31_536_000;

export class SlotRequestDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 7, description: 'ISO: 1 is Monday, 7 Sunday.' })
  @IsInt()
  @Min(1)
  @Max(7)
  dayOfWeek!: IsoDay;

  @ApiProperty({ example: '18:30', description: "HH:MM on the clocks of the queue's zone." })
  @IsString()
  @MaxLength(20)
  time!: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Tags of posts; a post with any of them fits. None: every post.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MAX_CATEGORIES)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  categories?: string[];
}

export class BlackoutDto {
  @ApiProperty({ example: '2027-12-24', description: "First day on which nothing is planned, in the queue's zone." })
  @IsString()
  @MaxLength(20)
  from!: string;

  @ApiProperty({ example: '2027-12-26', description: 'Last day.' })
  @IsString()
  @MaxLength(20)
  until!: string;

  @ApiPropertyOptional({ example: 'Christmas' })
  @IfGiven()
  @IsString()
  @Length(1, 100)
  name?: string;
}

export class SeasonDto {
  @ApiProperty({ example: '06-01', description: 'First day of every year, MM-DD.' })
  @IsString()
  @MaxLength(20)
  from!: string;

  @ApiProperty({ example: '08-31', description: 'Last day; before `from` it runs over New Year.' })
  @IsString()
  @MaxLength(20)
  until!: string;
}

const nested = (type: () => new () => object, max: number, description: string): PropertyDecorator => {
  return (target, key) => {
    ApiPropertyOptional({ type: () => [type()], description })(target, key);
    IfGiven()(target, key);
    IsArray()(target, key);
    ArrayMaxSize(max)(target, key);
    ValidateNested({ each: true })(target, key);
    Type(type)(target, key);
  };
};

export class CreateQueueDto {
  @ApiProperty({ example: 'Evenings' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiPropertyOptional({
    example: 'Europe/Paris',
    description: "IANA zone of its times; the workspace's when left out.",
  })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  timezone?: string;

  @ApiPropertyOptional({ type: [String], description: 'Where every run goes.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MAX_QUEUE_ACCOUNTS)
  @IsUUID(undefined, { each: true })
  accountIds?: string[];

  @nested(() => SlotRequestDto, MAX_SLOTS, 'Weekly times.')
  slots?: SlotRequestDto[];

  @ApiPropertyOptional({
    enum: QUEUE_ORDERS,
    default: 'oldest',
    description:
      'Which post takes a slot: the one that rested longest, a seeded shuffle, by weight, or by priority (both are ' +
      "settings of a post's recycling).",
  })
  @IfGiven()
  @IsIn(QUEUE_ORDERS)
  order?: QueueOrder;

  @ApiPropertyOptional({ default: 0, description: 'Draws the shuffle; the same seed gives the same order.' })
  @IfGiven()
  @IsInt()
  @Min(-MAX_INT)
  @Max(MAX_INT)
  seed?: number;

  @ApiPropertyOptional({ default: false, description: 'With `weighted`: past views raise or lower a weight.' })
  @IfGiven()
  @IsBoolean()
  weighsViews?: boolean;

  @ApiPropertyOptional({ default: 0, minimum: 0, description: 'Least time between two targets of one account.' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(YEAR_SECONDS)
  minGapSeconds?: number;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: 'Most targets of one account a day.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  dailyCap?: number | null;

  @nested(() => BlackoutDto, MAX_RANGES, 'Days on which nothing is planned.')
  blackouts?: BlackoutDto[];

  @nested(() => SeasonDto, MAX_RANGES, 'The parts of the year in which it runs; none: all year.')
  seasons?: SeasonDto[];
}

export class UpdateQueueDto extends PartialType(CreateQueueDto, { skipNullProperties: false }) {}

export class QueueSlotsDto {
  @ApiProperty({ type: [SlotRequestDto], description: 'All weekly times; the same day and time stays the same slot.' })
  @IsArray()
  @ArrayMaxSize(MAX_SLOTS)
  @ValidateNested({ each: true })
  @Type(() => SlotRequestDto)
  slots!: SlotRequestDto[];
}

export class QueueAccountsDto {
  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(MAX_QUEUE_ACCOUNTS)
  @IsUUID(undefined, { each: true })
  accountIds!: string[];
}

export class PauseQueueDto {
  @ApiPropertyOptional({ example: 'Rebrand until June' })
  @IfGiven()
  @IsString()
  @Length(1, 300)
  reason?: string;
}

export class PlanQueueDto {
  @ApiPropertyOptional({ default: false, description: 'Asks again about runs ahead that nobody touched.' })
  @IfGiven()
  @IsBoolean()
  anew?: boolean;
}

export class PreviewQueueDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'Now when left out.' })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  from?: string;

  @ApiProperty({ format: 'date-time', description: 'At most 732 days from now.' })
  @IsString()
  @MaxLength(40)
  to!: string;

  @ApiPropertyOptional({ type: UpdateQueueDto, description: 'What would be different; nothing is stored.' })
  @IfGiven()
  @ValidateNested()
  @Type(() => UpdateQueueDto)
  change?: UpdateQueueDto;
}

const lowered = (ids: readonly string[] | undefined) =>
  ids === undefined ? {} : { accountIds: ids.map((id) => id.toLowerCase()) };

/** Only what was sent. */
export const toQueueChange = (dto: UpdateQueueDto): Partial<QueueRequest> =>
  Object.fromEntries(Object.entries({ ...dto, ...lowered(dto.accountIds) }).filter(([, value]) => value !== undefined));

export const toQueueRequest = (dto: CreateQueueDto): QueueRequest => ({ ...toQueueChange(dto), name: dto.name });
