import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { sendCsv } from '../../../infra/csv/send-csv.js';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { CsvFiles } from '../../../kernel/csv/csv.port.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { grants, scopeMissing } from '../../../workspaces/domain/api-key.js';
import { ReadImportErrors } from '../../application/lists/read-import-errors.js';
import { SubscriberImportDesk } from '../../application/lists/subscriber-import-desk.js';
import { IMPORT_VERDICTS } from '../../domain/lists/subscriber-import.js';
import { SubscriberImports } from '../../domain/lists/subscriber-imports.port.js';
import { PeopleUpload } from './people-upload.js';
import {
  CreateSubscriberImportDto,
  decodeRowCursor,
  encodeRowCursor,
  SubscriberImportRowsQuery,
  toImportSettings,
} from './subscriber-import.dto.js';
import {
  SubscriberImportDto,
  SubscriberImportPageDto,
  SubscriberImportRowPageDto,
  toImportRowDto,
  toSubscriberImportDto,
  UploadPeopleDto,
} from './subscriber-import.response.dto.js';

const PROOFS = ['evidence', 'phoneEvidence'];

/** In three steps: say where the people come from, send the file and read its verdicts, start. */
@Controller('v1/subscriber-imports')
@ApiTags('Audience')
@ApiBearerAuth()
export class SubscriberImportsController {
  constructor(
    private readonly desk: SubscriberImportDesk,
    private readonly imports: SubscriberImports,
    private readonly uploads: PeopleUpload,
    private readonly errors: ReadImportErrors,
    private readonly csv: CsvFiles,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Announce an import of people: where they come from and how the file is read' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: SubscriberImportDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateSubscriberImportDto,
  ): Promise<SubscriberImportDto> {
    // Declaring someone else's consent is for admins, as with a single subscriber.
    const declares = Object.values(body.mapping ?? {}).some((target) => PROOFS.includes(target));
    if (declares && !grants(principal.scopes, 'admin')) throw scopeMissing('admin');
    const settings = toImportSettings(body);
    return this.idempotency.run<SubscriberImportDto>(principal, call, async (tx) =>
      toSubscriberImportDto(await this.desk.announce(principal, settings, tx)),
    );
  }

  /** Sent again it is judged again, until the import is started. */
  @Put(':id/file')
  @ApiOperation({ summary: 'Send the CSV file; every row is judged, nobody is on the list yet' })
  @NeedsScope('audience:write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadPeopleDto })
  @ApiOkResponse({ type: SubscriberImportDto })
  async upload(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Req() request: Request,
  ): Promise<SubscriberImportDto> {
    return toSubscriberImportDto(await this.uploads.receive(request, { workspaceId, id }));
  }

  @Get()
  @ApiOperation({ summary: 'List imports of people' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberImportPageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: PageQuery,
  ): Promise<SubscriberImportPageDto> {
    return readPage(
      query,
      (place) => this.imports.list(workspaceId, place),
      (row) => toSubscriberImportDto(row),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read how an import of people stands' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberImportDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SubscriberImportDto> {
    return toSubscriberImportDto(await this.imports.get({ workspaceId, id }));
  }

  @Get(':id/rows')
  @ApiOperation({ summary: 'List the verdicts of an import, in the order of the file' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberImportRowPageDto })
  async rows(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() { limit, cursor, verdict }: SubscriberImportRowsQuery,
  ): Promise<SubscriberImportRowPageDto> {
    await this.imports.get({ workspaceId, id });
    const verdicts = verdict === undefined ? IMPORT_VERDICTS : [verdict];
    const page = { verdicts, after: decodeRowCursor(cursor), limit: limit + 1 };
    const rows = await this.imports.rows({ workspaceId, id }, page);
    const items = rows.slice(0, limit).map(toImportRowDto);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, nextCursor: encodeRowCursor(last.row) } : { items };
  }

  @Get(':id/errors.csv')
  @ApiOperation({ summary: 'Download the rows that nobody joined by, with what is wrong' })
  @NeedsScope('audience:read')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async errorFile(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const { header, rows } = await this.errors.open({ workspaceId, id });
    return sendCsv(response, 'errors.csv', this.csv.write(header, rows));
  }

  @Post(':id/start')
  @ApiOperation({ summary: 'Put the people of a judged or cancelled import on the list' })
  @HttpCode(202)
  @NeedsScope('audience:write')
  @ApiAcceptedResponse({ type: SubscriberImportDto })
  start(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<SubscriberImportDto> {
    return this.idempotency.run<SubscriberImportDto>(principal, call, async (tx) =>
      toSubscriberImportDto(await this.desk.start({ ...principal, id }, tx)),
    );
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Stop an import of people; who is on the list stays there' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: SubscriberImportDto })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<SubscriberImportDto> {
    return this.idempotency.run<SubscriberImportDto>(principal, call, async (tx) =>
      toSubscriberImportDto(await this.desk.cancel({ ...principal, id }, tx)),
    );
  }
}
