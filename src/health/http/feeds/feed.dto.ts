import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { REGION_PATTERN } from '../../../workspaces/domain/workspace.js';
import { advisoryOf } from '../../domain/feeds/advisory.js';
import {
  FEED_FORMATS,
  FEED_VERDICTS,
  type FeedDraft,
  type FeedFormat,
  SEVERITIES,
  type Severity,
} from '../../domain/feeds/feed.js';
import { LEAST_EVERY_SECONDS, MOST_EVERY_SECONDS } from '../../domain/feeds/feed-timing.js';
import type { KnownFeed } from '../../domain/feeds/feeds.port.js';

const EVERY_SECONDS = 300;
/** What PostgreSQL can keep on one line. */
const LINE = /^[^\p{Cc}\p{Cs}]*$/u;

export class CreateFeedDto {
  @ApiProperty({ example: 'oracle-us', description: 'Unique in the instance; shown as feed:<name> in evidence.' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, {
    message: 'name must be 1 to 40 small letters, digits and dashes, for example oracle-us',
  })
  name!: string;

  @ApiPropertyOptional({ maxLength: 120, description: 'For people; the name when left out.' })
  @IfGiven()
  @Length(1, 120)
  @Matches(LINE, { message: 'title must be one line without control characters' })
  title?: string;

  @ApiProperty({ format: 'uri', maxLength: 2000, description: 'A public https address.' })
  @Length(1, 2000, { message: 'url must have 1 to 2000 characters: the address of the page' })
  url!: string;

  @ApiProperty({ enum: FEED_FORMATS, description: 'rss: RSS 2.0 or Atom. statuspage: /api/v2/summary.json.' })
  @IsIn(FEED_FORMATS, { message: `format must be one of: ${FEED_FORMATS.join(', ')}` })
  format!: FeedFormat;

  @ApiProperty({ enum: PLATFORM_NAMES, description: 'Whose health it is evidence for.' })
  @IsIn(PLATFORM_NAMES, { message: `platform must be one of: ${PLATFORM_NAMES.join(', ')}` })
  platform!: PlatformName;

  @ApiPropertyOptional({ example: 'us', description: 'Every region when left out.' })
  @IfGiven()
  @Matches(REGION_PATTERN, { message: 'region must be 2 to 10 lower-case letters, for example us' })
  region?: string;

  @ApiPropertyOptional({ maxLength: 120, description: 'Only trouble of this component; in RSS: items that name it.' })
  @IfGiven()
  @Length(1, 120)
  @Matches(LINE, { message: 'service must be one line without control characters' })
  service?: string;

  @ApiPropertyOptional({ enum: SEVERITIES, default: 'major', description: 'Milder trouble is not counted.' })
  @IfGiven()
  @IsIn(SEVERITIES, { message: `leastSeverity must be one of: ${SEVERITIES.join(', ')}` })
  leastSeverity: Severity = 'major';

  @ApiPropertyOptional({ minimum: LEAST_EVERY_SECONDS, maximum: MOST_EVERY_SECONDS, default: EVERY_SECONDS })
  @IfGiven()
  @IsInt()
  @Min(LEAST_EVERY_SECONDS)
  @Max(MOST_EVERY_SECONDS)
  everySeconds: number = EVERY_SECONDS;
}

export class ListFeedsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IsOptional()
  @IsIn(PLATFORM_NAMES, { message: `platform must be one of: ${PLATFORM_NAMES.join(', ')}` })
  platform?: PlatformName;
}

export class FeedEvidenceDto {
  @ApiProperty({ example: 'feed:meta-graph-api' })
  source!: string;
  @ApiProperty()
  title!: string;
  @ApiPropertyOptional({ description: 'Absent: every region.' })
  region?: string;
  @ApiPropertyOptional({ enum: FEED_VERDICTS, description: 'Absent before the first look. green clears nothing.' })
  verdict?: string;
  @ApiPropertyOptional({ enum: SEVERITIES })
  severity?: string;
  @ApiPropertyOptional({ description: 'What the page admits, or why it could not be read.' })
  summary?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Since when it says that.' })
  changedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  lookedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until when its bad news halves the alarm thresholds.' })
  advisoryUntil?: string;
}

export class FeedDto extends FeedEvidenceDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'uri' })
  url!: string;
  @ApiProperty({ enum: FEED_FORMATS })
  format!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiPropertyOptional()
  service?: string;
  @ApiProperty({ enum: SEVERITIES })
  leastSeverity!: string;
  @ApiProperty()
  everySeconds!: number;
  @ApiProperty({ description: 'Comes with the program; see STATUS_FEEDS.' })
  builtIn!: boolean;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class FeedPageDto {
  @ApiProperty({ type: [FeedDto] })
  items!: readonly FeedDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toDraft = (dto: CreateFeedDto): FeedDraft => ({
  name: dto.name,
  title: dto.title ?? dto.name,
  url: dto.url,
  format: dto.format,
  platform: dto.platform,
  leastSeverity: dto.leastSeverity,
  everySeconds: dto.everySeconds,
  ...(dto.region === undefined ? {} : { region: dto.region }),
  ...(dto.service === undefined ? {} : { service: dto.service }),
});

/** @param now decides whether its bad news is still evidence */
export const toFeedEvidenceDto = (
  { name, title, region, knowledge, lookedAt }: KnownFeed,
  now: Date,
): FeedEvidenceDto => {
  const source = `feed:${name}`;
  const advisory = knowledge && advisoryOf(source, knowledge, now);
  return {
    source,
    title,
    ...(region === undefined ? {} : { region }),
    ...(knowledge ? { verdict: knowledge.verdict, changedAt: knowledge.changedAt.toISOString() } : {}),
    ...(knowledge?.severity === undefined ? {} : { severity: knowledge.severity }),
    ...(knowledge?.summary === undefined ? {} : { summary: knowledge.summary }),
    ...(lookedAt === undefined ? {} : { lookedAt: lookedAt.toISOString() }),
    ...(advisory ? { advisoryUntil: advisory.until.toISOString() } : {}),
  };
};

export const toFeedDto = (feed: KnownFeed, now: Date): FeedDto => ({
  id: feed.id,
  name: feed.name,
  url: feed.url,
  format: feed.format,
  platform: feed.platform,
  ...(feed.service === undefined ? {} : { service: feed.service }),
  leastSeverity: feed.leastSeverity,
  everySeconds: feed.everySeconds,
  builtIn: feed.isBuiltIn,
  createdAt: feed.createdAt.toISOString(),
  ...toFeedEvidenceDto(feed, now),
});
