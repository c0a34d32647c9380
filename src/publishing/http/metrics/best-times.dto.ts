import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AccountBestTimes } from '../../application/metrics/read-best-times.js';
import { ERROR_RATIO, type TimeBucket } from '../../domain/metrics/best-times.js';

const VERDICTS = ['better', 'worse', 'no_difference', 'too_few_posts'];
const STATES = ['found', 'no_difference', 'too_few_posts'];

export class RatioIntervalResponse {
  @ApiProperty()
  low!: number;
  @ApiProperty()
  high!: number;
}

export class TimeBucketResponse {
  @ApiPropertyOptional({ minimum: 1, maximum: 7, description: 'ISO weekday; absent for a time of day.' })
  isoDay?: number;
  @ApiPropertyOptional({ example: '18:00', description: 'Absent for a weekday.' })
  from?: string;
  @ApiPropertyOptional({ example: '21:00', description: 'Not included.' })
  to?: string;
  @ApiProperty({ description: 'Posts behind the figures.' })
  sampleSize!: number;
  @ApiPropertyOptional({ description: 'Views a day after publishing; absent without posts.' })
  medianViews?: number;
  @ApiPropertyOptional({
    description:
      'Median of views over what was usual for the account at the time; 1: as always. Absent: too few posts.',
  })
  ratio?: number;
  @ApiPropertyOptional({ type: RatioIntervalResponse, description: 'The true median ratio lies in here.' })
  interval?: RatioIntervalResponse;
  @ApiProperty({ description: 'Measured posts at this time still needed before anything can be said.' })
  missingPosts!: number;
  @ApiProperty({ enum: VERDICTS })
  verdict!: string;
}

export class BestTimesResponse {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: STATES })
  state!: string;
  @ApiProperty({ description: 'What this means, in one sentence.' })
  sentence!: string;
  @ApiProperty({ description: 'Hours and weekdays are in this zone.' })
  timezone!: string;
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ format: 'date-time' })
  to!: string;
  @ApiProperty({ description: 'Posts behind the whole.' })
  sampleSize!: number;
  @ApiProperty({ description: 'Posts without views a day after publishing: too young, or not told.' })
  unmeasuredCount!: number;
  @ApiProperty({ description: 'Posts left out because the platform was in trouble when it told their views.' })
  suspectCount!: number;
  @ApiProperty({ description: 'Measured posts still needed, at two times of day, before these can be compared.' })
  missingPosts!: number;
  @ApiProperty({ description: 'Chance that this answer calls no time better or worse by mistake.' })
  confidence!: number;
  @ApiProperty({ type: [TimeBucketResponse], description: 'Better than usual, the surest first.' })
  best!: readonly TimeBucketResponse[];
  @ApiProperty({ type: [TimeBucketResponse] })
  hours!: readonly TimeBucketResponse[];
  @ApiProperty({ type: [TimeBucketResponse] })
  weekdays!: readonly TimeBucketResponse[];
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const rounded = (value: number): number => Math.round(value * 100) / 100;

const toBucket = (bucket: TimeBucket): TimeBucketResponse => ({
  ...(bucket.isoDay === undefined ? {} : { isoDay: bucket.isoDay }),
  ...(bucket.fromHour === undefined ? {} : { from: clock(bucket.fromHour) }),
  ...(bucket.toHour === undefined ? {} : { to: clock(bucket.toHour) }),
  sampleSize: bucket.sampleSize,
  ...(bucket.medianViews === undefined ? {} : { medianViews: bucket.medianViews }),
  ...(bucket.ratio === undefined ? {} : { ratio: rounded(bucket.ratio) }),
  ...(bucket.interval === undefined
    ? {}
    : { interval: { low: rounded(bucket.interval.low), high: rounded(bucket.interval.high) } }),
  missingPosts: bucket.missingPosts,
  verdict: bucket.verdict,
});

const SENTENCES: Readonly<Record<AccountBestTimes['state'], (missing: number) => string>> = {
  found: () => 'Some times did better than usual for this account; see best.',
  no_difference: () => 'Times were compared; none did better than chance explains. Publish when it suits you.',
  too_few_posts: (missing) =>
    `Too few posts to compare times: ${missing} more with views after a day are needed, at two times of day.`,
};

export const toBestTimesResponse = (found: AccountBestTimes): BestTimesResponse => ({
  accountId: found.accountId,
  state: found.state,
  sentence: SENTENCES[found.state](found.missingPosts),
  timezone: found.zone,
  from: found.from.toISOString(),
  to: found.to.toISOString(),
  sampleSize: found.sampleSize,
  unmeasuredCount: found.unmeasuredCount,
  suspectCount: found.suspectCount,
  missingPosts: found.missingPosts,
  confidence: 1 - ERROR_RATIO,
  best: found.best.map(toBucket),
  hours: found.hours.map(toBucket),
  weekdays: found.weekdays.map(toBucket),
});
