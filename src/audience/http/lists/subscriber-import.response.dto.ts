import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IMPORT_VERDICTS,
  type ImportCounts,
  type ImportRow,
  SUBSCRIBER_IMPORT_STATES,
  type SubscriberImport,
} from '../../domain/lists/subscriber-import.js';

export class UploadPeopleDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The CSV file.' })
  file!: unknown;
}

const COUNT = { type: 'integer', minimum: 0 } as const;

export class ImportCountsDto implements ImportCounts {
  @ApiProperty({ ...COUNT, description: 'Would join; after a start: wait for their turn.' })
  ready!: number;
  @ApiProperty({ ...COUNT, description: 'On the list and confirmed, by the proof in the file.' })
  confirmed!: number;
  @ApiProperty({ ...COUNT, description: 'On the list, not confirmed.' })
  pending!: number;
  @ApiProperty({ ...COUNT, description: 'Were on the list already; nothing changed.' })
  exists!: number;
  @ApiProperty({ ...COUNT, description: 'An earlier row has the same address.' })
  duplicate!: number;
  @ApiProperty({ ...COUNT, description: 'Left, complained, bounced or were suppressed by you.' })
  suppressed!: number;
  @ApiProperty({ ...COUNT, description: 'Got three confirm mails within a week.' })
  limited!: number;
  @ApiProperty({ ...COUNT, description: 'Cannot be read; see the error file.' })
  bad!: number;
}

export class SubscriberImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: SUBSCRIBER_IMPORT_STATES })
  state!: string;
  @ApiProperty()
  source!: string;
  @ApiProperty()
  askToConfirm!: boolean;
  @ApiPropertyOptional()
  fileName?: string;
  @ApiProperty()
  bytes!: number;
  @ApiPropertyOptional({ enum: ['comma', 'semicolon', 'tab'] })
  delimiter?: string;
  @ApiPropertyOptional({ enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] })
  encoding?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: 'Read as what.' })
  columns?: Readonly<Record<string, string>>;
  @ApiPropertyOptional({ type: [String], description: 'Columns that nothing is read from.' })
  ignoredColumns?: readonly string[];
  @ApiProperty({ type: ImportCountsDto })
  rows!: ImportCounts;
  @ApiProperty({ ...COUNT, description: 'The last row whose fate is settled.' })
  settledRow!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  endedAt?: string;
}

export class SubscriberImportPageDto {
  @ApiProperty({ type: [SubscriberImportDto] })
  items!: readonly SubscriberImportDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class PersonProblemDto {
  @ApiPropertyOptional({ description: 'Header of the column, as the file writes it; absent: the whole row.' })
  column?: string;
  @ApiProperty({ example: 'cell.bad_email' })
  code!: string;
  @ApiProperty()
  message!: string;
}

export class SubscriberImportRowDto {
  @ApiProperty({ description: 'As a spreadsheet shows it: the header is row 1.' })
  row!: number;
  @ApiProperty({ enum: IMPORT_VERDICTS })
  verdict!: string;
  @ApiProperty({ type: [PersonProblemDto] })
  problems!: readonly PersonProblemDto[];
}

export class SubscriberImportRowPageDto {
  @ApiProperty({ type: [SubscriberImportRowDto] })
  items!: readonly SubscriberImportRowDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

export const toSubscriberImportDto = (item: SubscriberImport): SubscriberImportDto => {
  const { facts, settings } = item;
  return {
    id: item.id,
    state: item.state,
    source: settings.source,
    askToConfirm: settings.askToConfirm,
    ...(item.fileName === undefined ? {} : { fileName: item.fileName }),
    bytes: item.bytes,
    ...(facts === undefined
      ? {}
      : {
          delimiter: DELIMITER_NAMES[facts.delimiter] ?? facts.delimiter,
          encoding: facts.encoding,
          columns: facts.columns,
          ignoredColumns: facts.ignoredColumns,
        }),
    rows: item.counts,
    settledRow: item.settledRow,
    createdAt: item.createdAt.toISOString(),
    ...(item.startedAt === undefined ? {} : { startedAt: item.startedAt.toISOString() }),
    ...(item.endedAt === undefined ? {} : { endedAt: item.endedAt.toISOString() }),
  };
};

export const toImportRowDto = ({
  row,
  verdict,
  problems = [],
}: Pick<ImportRow, 'row' | 'verdict' | 'problems'>): SubscriberImportRowDto => ({ row, verdict, problems });
