import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import { SCORE_ITEMS } from '../../domain/drills/drill-score.js';

export class ScoreItemDto {
  @ApiProperty({ enum: SCORE_ITEMS })
  code!: string;
  @ApiProperty({ description: 'A share from 0 to 1, seconds or a count, as unit says.' })
  value!: number;
  @ApiProperty({ enum: ['share', 'seconds', 'count'] })
  unit!: string;
  @ApiProperty({ description: 'Points it gives, of those in `of`.' })
  points!: number;
  @ApiProperty()
  of!: number;
  @ApiProperty({ enum: ['good', 'fair', 'poor'] })
  verdict!: string;
  @ApiProperty({ description: 'What to do next.' })
  next!: string;
}

export class DrillScoreDto {
  @ApiProperty({ minimum: 0, maximum: 100 })
  points!: number;
  @ApiProperty({ type: [ScoreItemDto] })
  items!: readonly ScoreItemDto[];
}

export class OutageSpanDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ format: 'date-time' })
  until!: string;
}

export class ObstacleDto {
  @ApiProperty({ example: 'fallback_does_not_fit' })
  code!: string;
  @ApiProperty({ description: 'Posts it stood in the way of.' })
  count!: number;
  @ApiProperty({ description: 'How it read for one of them.' })
  example!: string;
}

export class FallbackLineDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ description: 'Posts it would take over.' })
  moved!: number;
  @ApiProperty({ description: 'Posts an hour it published over the last 28 days.' })
  usualPerHour!: number;
  @ApiProperty({ format: 'date-time' })
  busiestHour!: string;
  @ApiProperty({ description: 'Posts of its own in that hour.' })
  ownThen!: number;
  @ApiProperty({ description: 'Posts it would take over in that hour.' })
  extraThen!: number;
}

export class TokenLineDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ enum: ['needs_reconnect', 'expired', 'refused_once', 'overdue', 'ends_unrenewable'] })
  risk!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  tokenExpiresAt?: string;
  @ApiProperty()
  next!: string;
}

export class BroadcastLineDto {
  @ApiProperty({ description: 'People who would get it: confirmed and not suppressed.' })
  recipients!: number;
  @ApiPropertyOptional({ description: 'Absent: a person must send the draft.' })
  sentAfterSeconds?: number;
  @ApiProperty({ description: 'Posts whose route asks for it.' })
  asking!: number;
  @ApiProperty()
  next!: string;
}

export class PlayedLineDto {
  @ApiProperty({ description: 'Seconds of the outage in one second of the drill.' })
  timeScale!: number;
  @ApiPropertyOptional({ description: 'From the break until it was known. Absent: it never was.' })
  detectedAfterSeconds?: number;
  @ApiPropertyOptional({ description: 'From the repair until everything was let through again.' })
  readmittedAfterSeconds?: number;
  @ApiProperty({ description: 'Posts that went out on their own account as well, after the outage.' })
  caughtUp!: number;
  @ApiProperty({ description: 'Posts that were live twice on one account.' })
  duplicates!: number;
  @ApiProperty({ description: 'Posts that were copied from the queue.' })
  copied!: number;
  @ApiProperty({ description: 'Posts that waited in it.' })
  found!: number;
  @ApiProperty({ type: [String], description: 'Platforms that the sandbox does not play.' })
  leftOut!: readonly string[];
}

export class ComparedItemDto {
  @ApiProperty({ enum: SCORE_ITEMS })
  code!: string;
  @ApiProperty()
  before!: number;
  @ApiProperty()
  now!: number;
}

export class ComparisonDto {
  @ApiProperty({ format: 'uuid', description: 'The drill of the same kind and place before.' })
  drillId!: string;
  @ApiProperty({ format: 'date-time' })
  finishedAt!: string;
  @ApiProperty()
  points!: number;
  @ApiProperty({ description: 'Points now less points then.' })
  change!: number;
  @ApiProperty({ type: [ComparedItemDto] })
  items!: readonly ComparedItemDto[];
}

export class DrillReportDto {
  @ApiProperty({ enum: ['passed', 'failed', 'nothing_due'], description: 'passed: no item is poor.' })
  result!: string;
  @ApiProperty()
  summary!: string;
  @ApiPropertyOptional({ type: DrillScoreDto, description: 'Absent when nothing was due.' })
  score?: DrillScoreDto;
  @ApiProperty({ type: OutageSpanDto })
  outage!: OutageSpanDto;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { moved: 38, late: 1, missed: 1, exposed: 0, stuck: 0, paused: 0, unaffected: 0 },
  })
  counts!: Readonly<Record<string, number>>;
  @ApiProperty({ description: 'False: more waited than one drill looks at.' })
  isWhole!: boolean;
  @ApiProperty({ type: [ObstacleDto], description: 'What kept posts from going elsewhere, the commonest first.' })
  obstacles!: readonly ObstacleDto[];
  @ApiProperty({ type: [FallbackLineDto] })
  fallbacks!: readonly FallbackLineDto[];
  @ApiProperty({ type: [TokenLineDto], description: 'Accounts whose tokens may not last.' })
  tokens!: readonly TokenLineDto[];
  @ApiProperty({ type: BroadcastLineDto })
  broadcast!: BroadcastLineDto;
  @ApiPropertyOptional({ type: PlayedLineDto, description: 'Of a sandbox drill.' })
  played?: PlayedLineDto;
  @ApiPropertyOptional({ type: ComparisonDto })
  comparison?: ComparisonDto;
  @ApiProperty({ type: [String], description: 'What this kind of drill cannot know.' })
  limits!: readonly string[];
}
