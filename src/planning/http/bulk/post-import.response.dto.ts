import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LAYOUT_NAMES } from '../../domain/bulk/layouts/layout.js';
import { IMPORT_STATES, type ImportRow, type PostImport } from '../../domain/bulk/post-import.js';
import { ROW_STATES } from '../../domain/bulk/row-verdict.js';

export class UploadPostsDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The CSV file.' })
  file!: unknown;
}

export class RowCountsDto {
  @ApiProperty()
  total!: number;
  @ApiProperty({ description: 'Can be imported, and wait for their turn or for a start.' })
  ready!: number;
  @ApiProperty({ description: 'Wait for their video.' })
  fetching!: number;
  @ApiProperty({ description: 'Cannot be imported; see the error file.' })
  bad!: number;
  @ApiProperty({ description: 'Say what another row or an earlier import said; left out.' })
  duplicate!: number;
  @ApiProperty({ description: 'Are posts now.' })
  done!: number;
  @ApiProperty({ description: 'Were ready, and were refused when their turn came; see the error file.' })
  failed!: number;
}

export class PostImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({
    enum: IMPORT_STATES.filter((state) => state !== 'receiving'),
    description:
      'checked: judged only; refused: had bad rows and badRows=refuse. Both can be started, as can cancelled.',
  })
  state!: string;
  @ApiPropertyOptional()
  fileName?: string;
  @ApiProperty()
  bytes!: number;
  @ApiProperty({ enum: LAYOUT_NAMES })
  layout!: string;
  @ApiProperty({ enum: ['comma', 'semicolon', 'tab'] })
  delimiter!: string;
  @ApiProperty({ enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] })
  encoding!: string;
  @ApiProperty({ type: [String], description: 'Columns of the file that nothing is read from.' })
  ignoredColumns!: readonly string[];
  @ApiProperty({ type: RowCountsDto })
  rows!: RowCountsDto;
  @ApiProperty({ minimum: 0, maximum: 1, description: 'Rows whose fate is known, of all that can be imported.' })
  progress!: number;
  @ApiProperty({ enum: ['skip', 'refuse'] })
  badRows!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  endedAt?: string;
}

export class PostImportPageDto {
  @ApiProperty({ type: [PostImportDto] })
  items!: readonly PostImportDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class RowProblemDto {
  @ApiPropertyOptional({ description: 'Header of the column, as the file writes it; absent: the whole row.' })
  column?: string;
  @ApiProperty({ example: 'cell.ambiguous_time' })
  code!: string;
  @ApiProperty()
  message!: string;
}

export class ImportRowDto {
  @ApiProperty({ description: 'As a spreadsheet shows it: the header is row 1.' })
  row!: number;
  @ApiProperty({ enum: ROW_STATES })
  state!: string;
  @ApiProperty({ type: [RowProblemDto], description: 'Of a ready or done row only hints.' })
  problems!: readonly RowProblemDto[];
  @ApiPropertyOptional({ format: 'uuid' })
  postId?: string;
}

export class ImportRowPageDto {
  @ApiProperty({ type: [ImportRowDto] })
  items!: readonly ImportRowDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

export const toPostImportDto = (item: PostImport): PostImportDto => {
  const { ready, fetching, bad, duplicate, done, failed } = item.counts;
  const wanted = ready + fetching + done + failed;
  return {
    ...{ id: item.id, state: item.state, bytes: item.bytes },
    ...(item.fileName === undefined ? {} : { fileName: item.fileName }),
    layout: item.facts.layout,
    delimiter: DELIMITER_NAMES[item.facts.delimiter] ?? item.facts.delimiter,
    encoding: item.facts.encoding,
    ignoredColumns: item.facts.ignoredColumns,
    rows: { total: wanted + bad + duplicate, ready, fetching, bad, duplicate, done, failed },
    progress: wanted === 0 ? 1 : (done + failed) / wanted,
    badRows: item.badRows,
    createdAt: item.createdAt.toISOString(),
    ...(item.startedAt === undefined ? {} : { startedAt: item.startedAt.toISOString() }),
    ...(item.endedAt === undefined ? {} : { endedAt: item.endedAt.toISOString() }),
  };
};

export const toImportRowDto = ({ row, state, problems, postId }: ImportRow): ImportRowDto => ({
  ...{ row, state, problems },
  ...(postId == null ? {} : { postId }),
});
