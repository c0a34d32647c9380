import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import {
  ANALYTICS_GROUPS,
  type AnalyticsGroup,
  type AnalyticsRow,
  type MetricSample,
} from '../../application/metrics/metrics-reader.js';
import { SpanQuery } from './span.query.js';

export class MetricSampleResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'Seconds since publishing.' })
  ageSeconds!: number;

  @ApiPropertyOptional({
    description: 'The nominal age this sample stands for, seconds; absent when it came too late.',
  })
  milestoneSeconds?: number;

  @ApiPropertyOptional({ description: 'Absent where the platform does not tell.' })
  views?: number;

  @ApiPropertyOptional()
  likes?: number;

  @ApiPropertyOptional()
  comments?: number;

  @ApiPropertyOptional()
  shares?: number;

  @ApiProperty({ description: 'The platform was in trouble then; such counters may stand still.' })
  suspect!: boolean;
}

export class TargetMetricsResponse {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;

  @ApiProperty({ type: [MetricSampleResponse], description: 'Oldest first.' })
  samples!: readonly MetricSampleResponse[];
}

/** The span is of publishing. */
export class AnalyticsQuery extends SpanQuery {
  @ApiPropertyOptional({ description: 'Only posts that carried this tag.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  tag?: string;

  @ApiPropertyOptional({ enum: ANALYTICS_GROUPS, default: 'day' })
  @IsOptional()
  @IsIn(ANALYTICS_GROUPS)
  groupBy: AnalyticsGroup = 'day';

  @ApiPropertyOptional({ enum: ['json', 'csv'], description: 'Wins over the `Accept` header.' })
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';
}

export class AnalyticsRowResponse {
  @ApiPropertyOptional({
    description: 'Day in the workspace’s zone, platform, account id or post id; absent in the total.',
  })
  key?: string;

  @ApiProperty({ description: 'Published targets.' })
  published!: number;

  @ApiProperty({ description: 'Those with at least one trustworthy sample; the sums are over them.' })
  measured!: number;

  @ApiProperty({ description: 'Samples left out because the platform was in trouble.' })
  suspectSamples!: number;

  @ApiProperty()
  views!: number;

  @ApiProperty()
  likes!: number;

  @ApiProperty()
  comments!: number;

  @ApiProperty()
  shares!: number;

  @ApiPropertyOptional({ description: 'Median of views one hour after publishing.' })
  medianViews1h?: number;

  @ApiProperty({ description: 'Targets behind that median.' })
  sampleSize1h!: number;

  @ApiPropertyOptional({ description: 'Median of views a day after publishing.' })
  medianViews24h?: number;

  @ApiProperty({ description: 'Targets behind that median.' })
  sampleSize24h!: number;
}

export class AnalyticsResponse {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty({ enum: ANALYTICS_GROUPS })
  groupBy!: string;

  @ApiProperty({ description: 'IANA zone in which days begin.' })
  timezone!: string;

  @ApiProperty({ type: AnalyticsRowResponse })
  total!: AnalyticsRowResponse;

  @ApiProperty({ type: [AnalyticsRowResponse], description: 'Days in order; other groups by views, most first.' })
  items!: readonly AnalyticsRowResponse[];

  @ApiProperty({ description: 'There are more groups than the 1,000 answered; narrow the span or the filters.' })
  truncated!: boolean;
}

const told = <K extends string>(key: K, value: number | null): Partial<Record<K, number>> =>
  value === null ? {} : ({ [key]: value } as Record<K, number>);

export const toSampleResponse = (sample: MetricSample): MetricSampleResponse => ({
  at: sample.at.toISOString(),
  ageSeconds: sample.ageSeconds,
  ...told('milestoneSeconds', sample.milestoneSeconds),
  ...told('views', sample.views),
  ...told('likes', sample.likes),
  ...told('comments', sample.comments),
  ...told('shares', sample.shares),
  suspect: sample.suspect,
});

export const toAnalyticsRow = ({ key, ...row }: AnalyticsRow): AnalyticsRowResponse => ({
  ...(key === null ? {} : { key }),
  published: row.published,
  measured: row.measured,
  suspectSamples: row.suspectSamples,
  views: row.views,
  likes: row.likes,
  comments: row.comments,
  shares: row.shares,
  ...told('medianViews1h', row.medianViews1h),
  sampleSize1h: row.sampleSize1h,
  ...told('medianViews24h', row.medianViews24h),
  sampleSize24h: row.sampleSize24h,
});
