import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags, OmitType } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { ExportPosts } from '../../application/bulk/export-posts.js';
import { ReadErrorFile } from '../../application/bulk/read-error-file.js';
import { CsvFiles } from '../../../kernel/csv/csv.port.js';
import { EXPORT_HEADER } from '../../domain/bulk/export-row.js';
import { ListPostsQuery, toPostFilter } from '../dto/list-posts.query.dto.js';
import { sendCsv } from '../../../infra/csv/send-csv.js';

export class ExportPostsQuery extends OmitType(ListPostsQuery, ['status', 'limit', 'cursor']) {}

const FILE = { schema: { type: 'string', format: 'binary' } } as const;

@Controller('v1')
@ApiTags('Posts')
@ApiBearerAuth()
export class PostFilesController {
  constructor(
    private readonly posts: ExportPosts,
    private readonly errors: ReadErrorFile,
    private readonly csv: CsvFiles,
  ) {}

  /** In the layout that the import reads; cells that a spreadsheet would run begin with an apostrophe. */
  @Get('posts.csv')
  @ApiOperation({ summary: 'Export posts as a CSV file' })
  @NeedsScope('posts:read')
  @ApiProduces('text/csv')
  @ApiOkResponse(FILE)
  export(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ExportPostsQuery,
    @Res() response: Response,
  ): Promise<void> {
    const rows = this.posts.rows(workspaceId, toPostFilter(query as ListPostsQuery));
    return sendCsv(response, 'posts.csv', this.csv.write(EXPORT_HEADER, rows));
  }

  /** Repair it and send it to POST /v1/posts/import as it is. */
  @Get('posts/imports/:id/errors.csv')
  @ApiOperation({ summary: 'Download the rows of an import that became no post, with what is wrong' })
  @NeedsScope('posts:read')
  @ApiProduces('text/csv')
  @ApiOkResponse(FILE)
  async errorFile(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const { header, rows } = await this.errors.open(workspaceId, id);
    return sendCsv(response, 'errors.csv', this.csv.write(header, rows));
  }
}
