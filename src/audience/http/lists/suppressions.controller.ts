import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { sendCsv } from '../../../infra/csv/send-csv.js';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { CsvFiles } from '../../../kernel/csv/csv.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { EditSuppressions } from '../../application/lists/edit-suppressions.js';
import { type Channel, CHANNELS } from '../../domain/lists/channels.js';
import { Suppressions } from '../../domain/lists/suppressions.port.js';
import {
  AddSuppressionsDto,
  FindSuppressionDto,
  HMAC,
  SuppressionDto,
  SuppressionPageDto,
  SuppressionsQuery,
  SuppressionVerdictsDto,
  toSuppressionDto,
} from './suppression.dto.js';
import { SUPPRESSION_HEADER, suppressionRows } from './suppression-rows.js';

/** The addresses that get nothing. They outlive the people: what is kept of an erased address is its keyed hash. */
@Controller('v1/suppressions')
@ApiTags('Audience')
@ApiBearerAuth()
export class SuppressionsController {
  constructor(
    private readonly edit: EditSuppressions,
    private readonly suppressions: Suppressions,
    private readonly csv: CsvFiles,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Suppress up to a thousand addresses' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: SuppressionVerdictsDto, description: 'A verdict per row; bad rows do not stop good ones.' })
  add(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { suppressions }: AddSuppressionsDto,
  ): Promise<SuppressionVerdictsDto> {
    return this.idempotency.run<SuppressionVerdictsDto>(principal, call, async (tx) => ({
      items: (await this.edit.add(principal, suppressions, tx)).map((verdict, index) => ({ index, verdict })),
    }));
  }

  /** A POST, since an address in a query would stand in logs. */
  @Post('find')
  @ApiOperation({ summary: 'Ask whether an address is suppressed, and why' })
  @HttpCode(200)
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SuppressionDto })
  async find(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() { channel, address }: FindSuppressionDto,
  ): Promise<SuppressionDto> {
    return toSuppressionDto(await this.edit.find(workspaceId, channel, address));
  }

  @Get()
  @ApiOperation({ summary: 'List suppressed addresses' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SuppressionPageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: SuppressionsQuery,
  ): Promise<SuppressionPageDto> {
    const { channel, reason } = query;
    return readPage(
      query,
      (place) => this.suppressions.list(workspaceId, { channel, reason, ...place }),
      toSuppressionDto,
      ({ cursorAt, id }) => ({ at: cursorAt, id }),
    );
  }

  /** What it writes, `POST /v1/suppressions` reads. */
  @Get('export.csv')
  @ApiOperation({ summary: 'Export suppressed addresses as a CSV file' })
  @NeedsScope('audience:read')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  export(@CurrentPrincipal() { workspaceId }: Principal, @Res() response: Response): Promise<void> {
    const rows = suppressionRows(this.suppressions, workspaceId);
    return sendCsv(response, 'suppressions.csv', this.csv.write(SUPPRESSION_HEADER, rows));
  }

  @Delete(':channel/:addressHmac')
  @ApiOperation({ summary: 'End a suppression that a bounce, a pause or you began' })
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiParam({ name: 'channel', enum: CHANNELS })
  @ApiParam({ name: 'addressHmac', type: String })
  @ApiNoContentResponse()
  remove(
    @CurrentPrincipal() principal: Principal,
    @Param('channel') channel: string,
    @Param('addressHmac') addressHmac: string,
  ): Promise<void> {
    if (!HMAC.test(addressHmac) || !CHANNELS.includes(channel as Channel)) throw notFound('suppression', addressHmac);
    const which = { channel: channel as Channel, addressHmac: Buffer.from(addressHmac, 'hex') };
    return this.unitOfWork.run((tx) => this.edit.remove(principal, which, tx));
  }
}
