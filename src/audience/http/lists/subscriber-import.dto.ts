import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { ENCODINGS, type CsvEncoding } from '../../../kernel/csv/csv.port.js';
import { DomainError } from '../../../kernel/domain-error.js';
import {
  IMPORT_VERDICTS,
  type ImportVerdict,
  type SubscriberImportSettings,
} from '../../domain/lists/subscriber-import.js';
import { ConsentDto } from './subscriber.dto.js';
import { IsTextMap } from './list-rules.js';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const DEFAULT_LANGUAGE = 'en';

/** The words people agreed to; who proves it stands in the file. */
export class ImportConsentDto extends OmitType(ConsentDto, ['source', 'evidence']) {}

export class CreateSubscriberImportDto {
  @ApiProperty({ maxLength: 180, example: 'shop customers 2025', description: 'Where these people come from.' })
  @IsString()
  @Length(1, 180)
  source!: string;

  @ApiProperty({ type: ImportConsentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => ImportConsentDto)
  consent!: ImportConsentDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'E-Mail': 'email', City: 'attributes.city', 'Signed up': 'evidence' },
    description:
      'Columns by their header: email, phone, language, zone, tags, evidence, phoneEvidence, attributes.<name>, ' +
      'attributes.<name>:number or :boolean. By guess when left out; evidence is never guessed.',
  })
  @IfGiven()
  @IsTextMap()
  mapping?: Record<string, string>;

  @ApiPropertyOptional({ enum: ENCODINGS, default: 'utf-8', description: 'Without a byte order mark.' })
  @IfGiven()
  @IsIn(ENCODINGS)
  encoding?: CsvEncoding;

  @ApiPropertyOptional({ enum: Object.keys(DELIMITERS), description: 'By the header when left out.' })
  @IfGiven()
  @IsIn(Object.keys(DELIMITERS))
  delimiter?: keyof typeof DELIMITERS;

  @ApiPropertyOptional({ example: 'FR', description: 'ISO 3166 code, for numbers without a plus sign.' })
  @IfGiven()
  @Matches(/^[A-Z]{2}$/, { message: 'phoneCountry must be a country code in capitals, for example FR' })
  phoneCountry?: string;

  @ApiPropertyOptional({ isArray: true, type: String, maxItems: 20, description: 'For everyone in the file.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'Mail a confirmation to everyone without proof. Else they stay unconfirmed and are purged in 30 days.',
  })
  @IfGiven()
  @IsBoolean()
  askToConfirm: boolean = false;
}

export class SubscriberImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: IMPORT_VERDICTS, description: 'All when left out.' })
  @IsOptional()
  @IsIn(IMPORT_VERDICTS)
  verdict?: ImportVerdict;
}

/** In a fixed order: the settings are part of what makes two imports the same. */
export const toImportSettings = (dto: CreateSubscriberImportDto): SubscriberImportSettings => {
  const { mapping, encoding, delimiter, phoneCountry, tags } = dto;
  const { text, textVersion, language = DEFAULT_LANGUAGE } = dto.consent;
  return {
    source: dto.source,
    consent: { text, textVersion, language },
    ...(mapping === undefined ? {} : { mapping: Object.fromEntries(Object.entries(mapping).sort()) }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITERS[delimiter] }),
    ...(phoneCountry === undefined ? {} : { phoneCountry }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)].sort() }),
    askToConfirm: dto.askToConfirm,
  };
};

export const encodeRowCursor = (row: number): string => Buffer.from(`row:${row}`).toString('base64url');

/** @throws DomainError `request.bad_cursor` */
export const decodeRowCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [, row] = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (row !== undefined) return Number(row);
  throw new DomainError('invalid', 'request.bad_cursor', 'This cursor was not made by this list. Start without one.');
};
