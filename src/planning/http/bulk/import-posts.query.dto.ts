import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DomainError } from '../../../kernel/domain-error.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { LAYOUT_NAMES, type LayoutName } from '../../domain/bulk/layouts/layout.js';
import { type CsvEncoding, ENCODINGS } from '../../../kernel/csv/csv.port.js';
import type { BadRowsRule, ImportSettings } from '../../domain/bulk/post-import.js';
import { MAX_TARGETS } from '../../domain/plan-schedule.js';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const YES_OR_NO = ['true', 'false'] as const;
const RULES = ['skip', 'refuse'] as const;

export class ImportPostsQuery {
  @ApiPropertyOptional({ enum: YES_OR_NO, default: 'false', description: 'Judge every row; store no post.' })
  @IsOptional()
  @IsIn(YES_OR_NO)
  dryRun: (typeof YES_OR_NO)[number] = 'false';

  @ApiPropertyOptional({ enum: LAYOUT_NAMES, description: 'Whose columns these are; by the header when left out.' })
  @IsOptional()
  @IsIn(LAYOUT_NAMES)
  layout?: LayoutName;

  @ApiPropertyOptional({ enum: ENCODINGS, default: 'utf-8', description: 'Without a byte order mark.' })
  @IsOptional()
  @IsIn(ENCODINGS)
  encoding?: CsvEncoding;

  @ApiPropertyOptional({ enum: Object.keys(DELIMITERS), description: 'By the header when left out.' })
  @IsOptional()
  @IsIn(Object.keys(DELIMITERS))
  delimiter?: keyof typeof DELIMITERS;

  @ApiPropertyOptional({ example: 'Europe/Paris', description: "Of times without an offset; the workspace's zone." })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  timezone?: string;

  @ApiPropertyOptional({ type: String, description: 'For rows that name no account: ids with commas between them.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsUUID(undefined, { each: true, message: 'accountIds must be ids of accounts with commas between them' })
  @ArrayUnique()
  @ArrayMaxSize(MAX_TARGETS)
  accountIds?: string[];

  @ApiPropertyOptional({ enum: RULES, default: 'skip', description: 'refuse: no row is imported when one is bad.' })
  @IsOptional()
  @IsIn(RULES)
  badRows: BadRowsRule = 'skip';

  @ApiPropertyOptional({ enum: ['skip', 'allow'], default: 'skip', description: 'Rows that were imported before.' })
  @IsOptional()
  @IsIn(['skip', 'allow'])
  duplicates?: 'skip' | 'allow';
}

/** @throws DomainError `schedule.unknown_zone` */
export const toImportSettings = (query: ImportPostsQuery): ImportSettings => {
  const { layout, encoding, delimiter, timezone, accountIds, duplicates } = query;
  if (timezone !== undefined && !isTimeZone(timezone)) throw unknownZone();
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITERS[delimiter] }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(accountIds === undefined ? {} : { accountIds: accountIds.map((id) => id.toLowerCase()).sort() }),
    ...(duplicates === undefined ? {} : { duplicates }),
  };
};

const unknownZone = (): DomainError =>
  new DomainError('invalid', 'schedule.unknown_zone', 'This is no IANA time zone. Send one like Europe/Paris or UTC.');

export class StartImportDto {
  @ApiPropertyOptional({ enum: RULES, description: 'As at the upload when left out.' })
  @IsOptional()
  @IsIn(RULES)
  badRows?: BadRowsRule;
}
