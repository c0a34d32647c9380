import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsObject, IsString, MaxLength } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import type { ShownLink } from '../../application/links/link-desk.js';
import { type LinkSettings, MAX_DOMAINS } from '../../domain/links/link-settings.js';

const UTM_EXAMPLE = { '*': { source: '{platform}', medium: 'social' }, reels: { source: 'instagram' } };

export class LinkSettingsRequest {
  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_DOMAINS,
    example: ['example.com'],
    description: 'Links to these hosts, and below them, are yours; all others stay as they are.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MAX_DOMAINS)
  @IsString({ each: true })
  @MaxLength(253, { each: true })
  domains: string[] = [];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: UTM_EXAMPLE,
    description:
      'By platform, * for every one: source, medium, campaign, term, content; {platform} and {post} are filled in.',
  })
  @IfGiven()
  @IsObject()
  utm: Record<string, unknown> = {};

  @ApiPropertyOptional({
    default: false,
    description: 'Make your links short ones of this installation, and count visits.',
  })
  @IfGiven()
  @IsBoolean()
  shorten: boolean = false;
}

export class LinkSettingsResponse {
  @ApiProperty({ type: [String] })
  domains!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: true, example: UTM_EXAMPLE })
  utm!: Readonly<Record<string, unknown>>;
  @ApiProperty()
  shorten!: boolean;
}

export class ShortLinkResponse {
  @ApiProperty({ format: 'uri' })
  shortUrl!: string;
  @ApiProperty({ format: 'uri' })
  url!: string;
  @ApiProperty({ description: 'Programs that look at links are counted too; nothing is kept about visitors.' })
  visits!: number;
  @ApiPropertyOptional({ format: 'date-time' })
  lastVisitAt?: string;
}

export class TargetLinksResponse {
  @ApiProperty({ type: [ShortLinkResponse] })
  items!: readonly ShortLinkResponse[];
}

export const toLinkSettingsResponse = ({ domains, utm, shorten }: LinkSettings): LinkSettingsResponse => ({
  domains,
  utm,
  shorten,
});

export const toShortLinkResponse = ({ shortUrl, url, visits, lastVisitAt }: ShownLink): ShortLinkResponse => ({
  shortUrl,
  url,
  visits,
  ...(lastVisitAt === null ? {} : { lastVisitAt: lastVisitAt.toISOString() }),
});
