import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { LANGUAGE } from '../../domain/language.js';
import { type Topic, TOPICS } from '../../domain/lists/channels.js';
import { SUBSCRIBER_STATUSES, type SubscriberStatus } from '../../domain/lists/subscriber.js';
import { IsAttributeChange, IsFlatAttributes, IsZoneName } from './subscriber-rules.js';

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
  @IfGiven()
  @Matches(LANGUAGE, { message: 'consent.language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Needed with alreadyConfirmed: how and when they agreed.' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  evidence?: string;
}

export class PhoneConsentDto extends ConsentDto {
  @ApiPropertyOptional({ description: 'They agreed elsewhere; needs evidence and the scope admin.' })
  @IfGiven()
  @IsBoolean()
  alreadyConfirmed?: boolean;
}

export class CreateSubscriberDto {
  @ApiProperty({ example: 'ana@example.org' })
  @IsString()
  @Length(3, 320)
  email!: string;

  @ApiPropertyOptional({ example: 'en' })
  @IfGiven()
  @Matches(LANGUAGE, { message: 'language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiPropertyOptional({ example: 'Europe/Paris' })
  @IfGiven()
  @IsZoneName()
  zone?: string;

  @ApiPropertyOptional({ isArray: true, type: String, maxItems: 50 })
  @IfGiven()
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
  @IfGiven()
  @IsFlatAttributes()
  attributes?: Record<string, string | number | boolean>;

  @ApiProperty({ type: ConsentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentDto)
  consent!: ConsentDto;

  @ApiPropertyOptional({ example: '+33612345678', description: 'With its country; needs phoneConsent.' })
  @IfGiven()
  @IsString()
  @Length(1, 40)
  phone?: string;

  @ApiPropertyOptional({ type: PhoneConsentDto, description: 'Consent to text messages; mail consent is not enough.' })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => PhoneConsentDto)
  phoneConsent?: PhoneConsentDto;

  @ApiPropertyOptional({ enum: TOPICS, isArray: true, default: TOPICS, description: 'What they want to get.' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(TOPICS, { each: true })
  topics?: Topic[];

  @ApiPropertyOptional({ description: 'They confirmed elsewhere; needs consent.evidence and the scope admin.' })
  @IfGiven()
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

export class SubscribeDto extends PickType(CreateSubscriberDto, ['email', 'language', 'zone', 'consent'] as const) {}

export class ChangeSubscriberDto extends PickType(CreateSubscriberDto, ['tags', 'phoneConsent'] as const) {
  @ApiPropertyOptional({ type: String, nullable: true, example: 'en' })
  @IsOptional()
  @Matches(LANGUAGE, { message: 'language must be a language tag, for example en or pt-BR' })
  language?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Europe/Paris' })
  @IsOptional()
  @IsZoneName()
  zone?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '+33612345678',
    description: 'Needs phoneConsent; null forgets it.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  phone?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Merged with what is there; null takes one away.',
  })
  @IfGiven()
  @IsAttributeChange()
  attributes?: Record<string, string | number | boolean | null>;
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

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  segmentId?: string;
}

export class FindSubscriberDto extends PickType(CreateSubscriberDto, ['email'] as const) {}
