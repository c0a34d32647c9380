import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { PostImportDesk } from '../../application/bulk/post-import-desk.js';
import { ROW_STATES } from '../../domain/bulk/row-verdict.js';
import { CsvUpload } from './csv-upload.js';
import { ImportPostsQuery, StartImportDto } from './import-posts.query.dto.js';
import { decodeRowCursor, encodeRowCursor, ImportRowsQuery } from './import-rows.query.dto.js';
import {
  ImportRowPageDto,
  PostImportDto,
  PostImportPageDto,
  toImportRowDto,
  toPostImportDto,
  UploadPostsDto,
} from './post-import.response.dto.js';

@Controller('v1/posts')
@ApiTags('Posts')
@ApiBearerAuth()
export class PostImportsController {
  constructor(
    private readonly uploads: CsvUpload,
    private readonly desk: PostImportDesk,
    private readonly idempotency: Idempotency,
  ) {}

  /** Every row is judged while the file arrives; posts are stored by a worker afterwards. */
  @Post('import')
  @ApiOperation({ summary: 'Import posts from a CSV file' })
  @HttpCode(202)
  @NeedsScope('posts:write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadPostsDto })
  @ApiAcceptedResponse({ type: PostImportDto })
  @ApiOkResponse({ type: PostImportDto, description: 'Judged only, or imported before: this is what became of it.' })
  async import(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Query() query: ImportPostsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostImportDto> {
    const { item, isKnown } = await this.uploads.receive(response.req, { principal, call, query });
    if (isKnown || item.state !== 'queued') response.status(200);
    return item;
  }

  @Get('imports')
  @ApiOperation({ summary: 'List imports of posts' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PostImportPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<PostImportPageDto> {
    return readPage(query, (place) => this.desk.list(workspaceId, place), toPostImportDto);
  }

  @Get('imports/:id')
  @ApiOperation({ summary: 'Read how an import of posts stands' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PostImportDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<PostImportDto> {
    return toPostImportDto(await this.desk.get(workspaceId, id));
  }

  @Get('imports/:id/rows')
  @ApiOperation({ summary: 'List the verdicts of an import, in the order of the file' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ImportRowPageDto })
  async rows(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() { limit, cursor, state }: ImportRowsQuery,
  ): Promise<ImportRowPageDto> {
    const states = state === undefined ? ROW_STATES : [state];
    const rows = await this.desk.rows(workspaceId, id, { states, after: decodeRowCursor(cursor), limit: limit + 1 });
    const items = rows.slice(0, limit).map(toImportRowDto);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, nextCursor: encodeRowCursor(last.row) } : { items };
  }

  /** Stores the rows that were judged ready, or goes on after a cancel. */
  @Post('imports/:id/start')
  @ApiOperation({ summary: 'Start an import of posts that was judged or cancelled' })
  @HttpCode(202)
  @NeedsScope('posts:write')
  @ApiAcceptedResponse({ type: PostImportDto })
  start(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { badRows }: StartImportDto,
  ): Promise<PostImportDto> {
    return this.idempotency.run<PostImportDto>(principal, call, async (tx) =>
      toPostImportDto(await this.desk.start({ ...principal, id }, badRows, tx)),
    );
  }

  /** What is stored already stays. */
  @Post('imports/:id/cancel')
  @ApiOperation({ summary: 'Stop an import of posts; what is stored stays' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PostImportDto })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostImportDto> {
    return this.idempotency.run<PostImportDto>(principal, call, async (tx) =>
      toPostImportDto(await this.desk.cancel({ ...principal, id }, tx)),
    );
  }
}
