import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { SUBSCRIBER_STATUSES, type SubscriberStatus } from '../../domain/subscriber.js';
import { IsFlatAttributes, IsZoneName } from './subscriber-rules.js';

/** Languages as RFC 5646 writes them: `en`, `pt-BR`. */
export const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export class ConsentDto {
  @ApiProperty({ maxLength: 5000, description: 'The exact words the person agreed to.' })
  @IsString()
  @Length(1, 5000)
  text!: string;

  @ApiProperty({ maxLength: 100, example: '2026-01' })
  @IsString()
  @Length(1, 100)
  textVersion!: string;

  @ApiProperty({ maxLength: 200, example: 'website form' })
  @IsString()
  @Length(1, 200)
  source!: string;

  @ApiPropertyOptional({ example: 'en' })
  @IsOptional()
  @Matches(LANGUAGE, { message: 'consent.language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Needed with alreadyConfirmed: how and when they agreed.' })
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  evidence?: string;
}

export class CreateSubscriberDto {
  @ApiProperty({ example: 'ana@example.org' })
  @IsString()
  @Length(3, 320)
  email!: string;

  @ApiPropertyOptional({ example: 'en' })
  @IsOptional()
  @Matches(LANGUAGE, { message: 'language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiPropertyOptional({ example: 'Europe/Paris' })
  @IsOptional()
  @IsZoneName()
  zone?: string;

  @ApiPropertyOptional({ isArray: true, type: String, maxItems: 50 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: 'For templates: at most 50 names with a text (500 characters), number or boolean each.',
  })
  @IsOptional()
  @IsFlatAttributes()
  attributes?: Record<string, string | number | boolean>;

  @ApiProperty({ type: ConsentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentDto)
  consent!: ConsentDto;

  @ApiPropertyOptional({ description: 'They confirmed elsewhere; needs consent.evidence and the scope admin.' })
  @IsOptional()
  @IsBoolean()
  alreadyConfirmed?: boolean;
}

export class BulkSubscribersDto {
  @ApiProperty({ type: [CreateSubscriberDto], minItems: 1, maxItems: 1000 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  subscribers!: Record<string, unknown>[];
}

export class SubscribeDto {
  @ApiProperty({ example: 'ana@example.org' })
  @IsString()
  @Length(3, 320)
  email!: string;

  @ApiPropertyOptional({ example: 'en' })
  @IsOptional()
  @Matches(LANGUAGE, { message: 'language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiPropertyOptional({ example: 'Europe/Paris' })
  @IsOptional()
  @IsZoneName()
  zone?: string;

  @ApiProperty({ type: ConsentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentDto)
  consent!: ConsentDto;
}

export class SubscribersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: SUBSCRIBER_STATUSES })
  @IsOptional()
  @IsIn(SUBSCRIBER_STATUSES)
  status?: SubscriberStatus;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 50)
  tag?: string;
}
