import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import type { Newsletter } from '../../domain/newsletters/newsletter.js';

/** What may stand in one header. */
const TOKEN = /^[\x21-\x7e]+$/;

export class NewsletterDto {
  @ApiProperty({ example: 'https://lists.example.org', description: "Address of your listmonk, without '/api'." })
  @IsString()
  @MaxLength(500)
  url!: string;

  @ApiProperty({ description: 'An API user of it that may manage campaigns and see lists.' })
  @IsString()
  @Length(1, 100)
  @Matches(/^[^:\s]+$/, { message: 'username must have no colon and no space' })
  username!: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description: 'Kept encrypted and never answered; left out: the one we have.',
  })
  @IfGiven()
  @IsString()
  @Length(8, 200)
  @Matches(TOKEN, { message: 'token must be printable ASCII without spaces' })
  token?: string;

  @ApiProperty({ type: [Number], description: 'Lists that campaigns go to.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsInt({ each: true })
  @Min(1, { each: true })
  listIds!: number[];
}

export class NewsletterResponse {
  @ApiProperty()
  url!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty({ type: [Number] })
  listIds!: number[];
}

export class NewsletterListResponse {
  @ApiProperty()
  id!: number;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  subscribers!: number;
}

export class NewsletterListsResponse {
  @ApiProperty({ type: [NewsletterListResponse] })
  items!: readonly NewsletterListResponse[];
}

export class HandOverDto {
  @ApiPropertyOptional({
    default: false,
    description: 'Lets the campaign go out at once; else you start it over there.',
  })
  @IfGiven()
  @IsBoolean()
  start?: boolean;
}

export class HandedOverResponse {
  @ApiProperty({ description: 'Of the campaign in listmonk.' })
  campaignId!: number;
}

export const toNewsletterResponse = ({ url, username, listIds }: Newsletter): NewsletterResponse => ({
  url,
  username,
  listIds: [...listIds],
});
