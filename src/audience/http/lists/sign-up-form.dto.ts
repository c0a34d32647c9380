import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { LANGUAGE } from '../../domain/language.js';
import { type Topic, TOPICS } from '../../domain/lists/channels.js';
import type { SignUpForm, SignUpFormContent } from '../../domain/lists/sign-up-form.js';

export class CreateSignUpFormDto {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'For you; the consent ledger names it as the source.' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({ minLength: 1, maxLength: 150, example: 'Find us when the apps go dark' })
  @IsString()
  @Length(1, 150)
  title!: string;

  @ApiPropertyOptional({ maxLength: 1000, default: '', description: 'Plain text below the title.' })
  @IfGiven()
  @IsString()
  @Length(0, 1000)
  intro?: string;

  @ApiPropertyOptional({ example: 'en', default: 'en' })
  @IfGiven()
  @Matches(LANGUAGE, { message: 'language must be a language tag, for example en or pt-BR' })
  language?: string;

  @ApiProperty({ minLength: 1, maxLength: 5000, description: 'The words that people agree to by pressing the button.' })
  @IsString()
  @Length(1, 5000)
  consentText!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 5000,
    description: "Beside the phone's own box; without it no phone is asked.",
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 5000)
  smsConsentText?: string | null;

  @ApiPropertyOptional({ enum: TOPICS, isArray: true, default: TOPICS })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(TOPICS, { each: true })
  topics?: Topic[];

  @ApiPropertyOptional({ isArray: true, type: String, maxItems: 20, description: 'Given to everyone who joins here.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];

  @ApiPropertyOptional({ default: true })
  @IfGiven()
  @IsBoolean()
  isActive?: boolean;
}

export class ChangeSignUpFormDto extends PartialType(CreateSignUpFormDto) {}

export class SignUpFormDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'The hosted page.' })
  url!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  intro!: string;
  @ApiProperty()
  language!: string;
  @ApiProperty()
  consentText!: string;
  @ApiPropertyOptional()
  smsConsentText?: string;
  @ApiProperty({ enum: TOPICS, isArray: true })
  topics!: readonly string[];
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiProperty()
  isActive!: boolean;
  @ApiProperty({ description: 'Every change makes a new version of the words.' })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class SignUpFormPageDto {
  @ApiProperty({ type: [SignUpFormDto] })
  items!: readonly SignUpFormDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class EmbeddedFormDto {
  @ApiProperty({ description: 'Plain HTML without script, for any page.' })
  html!: string;
}

export const toFormContent = (dto: CreateSignUpFormDto): SignUpFormContent => ({
  name: dto.name,
  title: dto.title,
  intro: dto.intro ?? '',
  language: dto.language ?? 'en',
  consentText: dto.consentText,
  smsConsentText: dto.smsConsentText ?? null,
  topics: dto.topics ?? TOPICS,
  tags: dto.tags ?? [],
  isActive: dto.isActive ?? true,
});

/** Only what was sent. */
export const toFormChange = (dto: ChangeSignUpFormDto): Partial<SignUpFormContent> =>
  Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));

export const toSignUpFormDto = (form: SignUpForm, url: string): SignUpFormDto => ({
  id: form.id,
  name: form.name,
  url,
  title: form.title,
  intro: form.intro,
  language: form.language,
  consentText: form.consentText,
  ...(form.smsConsentText === null ? {} : { smsConsentText: form.smsConsentText }),
  topics: form.topics,
  tags: form.tags,
  isActive: form.isActive,
  version: form.version,
  createdAt: form.createdAt.toISOString(),
});
