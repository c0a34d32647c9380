import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { PLATFORM_NAMES } from '../../platforms/domain/platform-name.js';
import { SpanQuery } from '../../publishing/index.js';
import type { BestPosts, Views } from '../application/read-views.js';
import { type BestPost, type SuspectSpan, THIN_SAMPLE, VIEWS_GROUPS, type ViewsGroup } from '../domain/views.js';

export class ViewsQuery extends SpanQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  postId?: string;

  @ApiPropertyOptional({ enum: VIEWS_GROUPS, default: 'platform', description: 'What one line stands for.' })
  @IsOptional()
  @IsIn(VIEWS_GROUPS)
  by: ViewsGroup = 'platform';
}

export class BestPostsQuery extends SpanQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 50, default: 10 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

export class ViewsPointDto {
  @ApiProperty({ format: 'date', description: 'A day of `timezone`; one without reads has no point.' })
  day!: string;
  @ApiProperty({ description: 'Known at its end by trustworthy reads.' })
  views!: number;
  @ApiPropertyOptional({
    description:
      'What its reads found more than the ones before, which may be days older; absent: none could be trusted.',
  })
  gained?: number;
  @ApiProperty({ description: 'Trustworthy reads.' })
  samples!: number;
  @ApiProperty({ description: 'Reads while the platform was in trouble; they count for nothing else.' })
  suspectSamples!: number;
}

export class ViewsSeriesDto {
  @ApiProperty({ description: 'Platform, account id or post id.' })
  key!: string;
  @ApiProperty({ description: 'For people.' })
  label!: string;
  @ApiProperty({ description: 'Published targets that were read in the span.' })
  targets!: number;
  @ApiProperty({ description: 'Trustworthy reads behind the line.' })
  samples!: number;
  @ApiProperty({ type: [ViewsPointDto], description: 'Oldest first.' })
  points!: readonly ViewsPointDto[];
}

export class SuspectSpanDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty({
    enum: ['incident', 'counters'],
    description: '`counters`: views stood still where they usually come.',
  })
  because!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  incidentId?: string;
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent while it lasts.' })
  to?: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
}

export class ViewsDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ format: 'date-time' })
  to!: string;
  @ApiProperty({ description: 'IANA zone in which days begin.' })
  timezone!: string;
  @ApiProperty({ enum: VIEWS_GROUPS })
  by!: string;
  @ApiProperty({ type: [ViewsSeriesDto], description: 'What gained most first, at most 20.' })
  series!: readonly ViewsSeriesDto[];
  @ApiProperty({ type: [SuspectSpanDto], description: 'When counters could not be believed, newest first.' })
  suspectSpans!: readonly SuspectSpanDto[];
  @ApiProperty({ description: 'There are more series; narrow the filters.' })
  truncated!: boolean;
}

export class BestPostDto {
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ maxLength: 140 })
  caption!: string;
  @ApiProperty({ type: [String] })
  platforms!: readonly string[];
  @ApiProperty({ description: 'Published in the span.' })
  targets!: number;
  @ApiProperty({ description: 'Those with a trustworthy read one day after publishing.' })
  measured!: number;
  @ApiProperty({ description: 'Median over them: all of one age.' })
  views24h!: number;
  @ApiProperty({ description: 'Sum of the newest trustworthy reads.' })
  views!: number;
}

export class BestPostsDto {
  @ApiProperty({ type: [BestPostDto], description: 'Most views one day after publishing first.' })
  items!: readonly BestPostDto[];
  @ApiProperty({ description: 'Posts that could be measured.' })
  sampleSize!: number;
  @ApiProperty({ description: `Fewer than ${THIN_SAMPLE}: ranks say little yet.` })
  isThin!: boolean;
}

export const toViewsDto = ({ from, to, zone, series, suspectSpans, truncated }: Views, by: ViewsGroup): ViewsDto => ({
  from: from.toISOString(),
  to: to.toISOString(),
  timezone: zone,
  by,
  series: series.map(({ key, label, targets, samples, points }) => ({
    ...{ key, label, targets, samples },
    points: points.map(({ gained, ...point }) => ({ ...point, ...(gained === null ? {} : { gained }) })),
  })),
  suspectSpans: suspectSpans.map(toSuspectSpanDto),
  truncated,
});

const toSuspectSpanDto = ({
  platform,
  region,
  because,
  incidentId,
  from,
  to,
  reason,
}: SuspectSpan): SuspectSpanDto => ({
  ...{ platform, region, because },
  ...(incidentId === null ? {} : { incidentId }),
  from: from.toISOString(),
  ...(to ? { to: to.toISOString() } : {}),
  reason,
});

export const toBestPostsDto = ({ items, sampleSize, isThin }: BestPosts): BestPostsDto => ({
  items: items.map(toBestPostDto),
  sampleSize,
  isThin,
});

const toBestPostDto = ({ postId, caption, platforms, targets, measured, views24h, views }: BestPost): BestPostDto => ({
  ...{ postId, caption, platforms, targets, measured, views24h, views },
});
