import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { ROW_STATES, type RowState } from '../../domain/bulk/row-verdict.js';

export class ImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROW_STATES, description: 'All when left out.' })
  @IsOptional()
  @IsIn(ROW_STATES)
  state?: RowState;
}

export const encodeRowCursor = (row: number): string => Buffer.from(`row:${row}`).toString('base64url');

/** @throws DomainError `request.bad_cursor` */
export const decodeRowCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [, row] = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (row !== undefined) return Number(row);
  throw new DomainError('invalid', 'request.bad_cursor', 'This cursor was not made by this list. Start without one.');
};
