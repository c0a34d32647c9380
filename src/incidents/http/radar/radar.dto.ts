import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { REGION_PATTERN } from '../../../workspaces/domain/workspace.js';
import type { RadarAsk } from '../../domain/radar/radar-draft.js';
import { RADAR_KINDS, type RadarKind } from '../../domain/radar/radar-watch.js';

const SOURCES = ['firehose', 'rss'] as const;
const MAX_PHRASES = 30;
/** What PostgreSQL can keep on one line. */
const LINE = /^[^\p{Cc}\p{Cs}]*$/u;
/** Holds a letter or digit of any script: without one it would match everywhere. */
const PHRASE = /^(?=.*[\p{L}\p{N}])[^\p{Cc}\p{Cs}]*$/u;

export class CreateRadarWatchDto implements RadarAsk {
  @ApiProperty({
    enum: RADAR_KINDS,
    description: 'app_rank: an app in the App Store. mentions: people who say it is down.',
  })
  @IsIn(RADAR_KINDS, { message: `kind must be one of: ${RADAR_KINDS.join(', ')}` })
  kind!: RadarKind;

  @ApiPropertyOptional({ maxLength: 120, description: 'For people; made up from the rest when left out.' })
  @IfGiven()
  @Length(1, 120)
  @Matches(LINE, { message: 'title must be one line without control characters' })
  title?: string;

  @ApiPropertyOptional({ enum: PLATFORM_NAMES, description: 'mentions: whose alarm thresholds a crowd halves.' })
  @IfGiven()
  @IsIn(PLATFORM_NAMES, { message: `platform must be one of: ${PLATFORM_NAMES.join(', ')}` })
  platform?: PlatformName;

  @ApiPropertyOptional({ example: 'us', description: 'Every region when left out.' })
  @IfGiven()
  @Matches(REGION_PATTERN, { message: 'region must be 2 to 10 lower-case letters, for example us' })
  region?: string;

  @ApiPropertyOptional({ example: 'us', description: 'app_rank: country of the shop.' })
  @IfGiven()
  @Matches(/^[a-z]{2}$/, { message: 'country must be two small letters, for example us' })
  country?: string;

  @ApiPropertyOptional({ example: 6005, description: 'app_rank: genre of the chart; the overall one when left out.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(99_999)
  genre?: number;

  @ApiPropertyOptional({ example: '835599320', description: "app_rank: Apple's number of the app." })
  @IfGiven()
  @Matches(/^\d{1,15}$/, { message: 'appId must be the number in the address of the app, for example 835599320' })
  appId?: string;

  @ApiPropertyOptional({ maxLength: 120, description: 'app_rank: its name in the shop, where the number is unknown.' })
  @IfGiven()
  @Length(1, 120)
  @Matches(PHRASE, { message: 'appName must hold a letter or digit, on one line' })
  appName?: string;

  @ApiPropertyOptional({ maxLength: 120, description: 'app_rank: who publishes it, beside appName.' })
  @IfGiven()
  @Length(1, 120)
  @Matches(PHRASE, { message: 'artist must hold a letter or digit, on one line' })
  artist?: string;

  @ApiPropertyOptional({ enum: SOURCES, default: 'firehose', description: 'mentions: where people say it.' })
  @IfGiven()
  @IsIn(SOURCES, { message: `from must be one of: ${SOURCES.join(', ')}` })
  from?: 'firehose' | 'rss';

  @ApiPropertyOptional({ format: 'uri', maxLength: 2000, description: 'mentions from rss: its public https address.' })
  @IfGiven()
  @Length(1, 2000)
  url?: string;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_PHRASES, description: 'mentions: how people call it.' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PHRASES)
  @Length(2, 60, { each: true })
  @Matches(PHRASE, { each: true, message: 'each of names must hold a letter or digit, on one line' })
  names?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: MAX_PHRASES, description: 'mentions: words for trouble.' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PHRASES)
  @Length(2, 60, { each: true })
  @Matches(PHRASE, { each: true, message: 'each of troubles must hold a letter or digit, on one line' })
  troubles?: string[];
}

export class RadarQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 720, default: 168, description: 'How far back the series go, hours.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(720)
  hours: number = 168;
}
