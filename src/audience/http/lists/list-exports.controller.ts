import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { Response } from 'express';
import { sendCsv } from '../../../infra/csv/send-csv.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { CsvFiles } from '../../../kernel/csv/csv.port.js';
import { ExportList, type SubscriberWithHistory } from '../../application/lists/export-list.js';
import { SUBSCRIBER_STATUSES, type SubscriberStatus } from '../../domain/lists/subscriber.js';
import {
  ACCESS_HEADER,
  accessJson,
  accessRows,
  CONSENT_HEADER,
  consentRows,
  personJson,
  sendJsonArray,
  SUBSCRIBER_HEADER,
  subscriberRows,
} from './export-rows.js';

const FORMATS = ['json', 'csv'] as const;
const FILE = { schema: { type: 'string', format: 'binary' } } as const;

export class ExportSubscribersQuery {
  @ApiPropertyOptional({ enum: SUBSCRIBER_STATUSES })
  @IsOptional()
  @IsIn(SUBSCRIBER_STATUSES)
  status?: SubscriberStatus;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 50)
  tag?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  segmentId?: string;
}

export class AccessQuery {
  @ApiPropertyOptional({ enum: FORMATS, default: 'json' })
  @IsOptional()
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number] = 'json';
}

/** Files of the list. Cells that a spreadsheet would run begin with an apostrophe; our import takes it off again. */
@Controller('v1')
@ApiTags('Audience')
@ApiBearerAuth()
export class ListExportsController {
  constructor(
    private readonly list: ExportList,
    private readonly csv: CsvFiles,
  ) {}

  @Get('subscribers/export.csv')
  @ApiOperation({ summary: 'Export subscribers as a CSV file' })
  @NeedsScope('audience:read')
  @ApiProduces('text/csv')
  @ApiOkResponse(FILE)
  async subscribers(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ExportSubscribersQuery,
    @Res() response: Response,
  ): Promise<void> {
    const pages = await this.list.open(workspaceId, query);
    return sendCsv(response, 'subscribers.csv', this.csv.write(SUBSCRIBER_HEADER, subscriberRows(pages)));
  }

  @Get('subscribers/export.json')
  @ApiOperation({ summary: 'Export subscribers with their consent history as a JSON file' })
  @NeedsScope('audience:read')
  @ApiProduces('application/json')
  @ApiOkResponse(FILE)
  async withHistory(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ExportSubscribersQuery,
    @Res() response: Response,
  ): Promise<void> {
    const people = await this.list.openWithHistory(workspaceId, query);
    return sendJsonArray(response, 'subscribers.json', jsonOf(people));
  }

  @Get('consents/export.csv')
  @ApiOperation({ summary: 'Export the consent ledger as a CSV file' })
  @NeedsScope('audience:read')
  @ApiProduces('text/csv')
  @ApiOkResponse(FILE)
  consents(@CurrentPrincipal() { workspaceId }: Principal, @Res() response: Response): Promise<void> {
    const rows = consentRows(this.list.ledger(workspaceId));
    return sendCsv(response, 'consents.csv', this.csv.write(CONSENT_HEADER, rows));
  }

  @Get('subscribers/:id/access')
  @ApiOperation({ summary: 'Everything the list knows of one person, for whoever asks to see their data' })
  @NeedsScope('audience:read')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse(FILE)
  async access(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() { format }: AccessQuery,
    @Res() response: Response,
  ): Promise<void> {
    const record = await this.list.access(workspaceId, id);
    if (format === 'csv') return sendCsv(response, 'access.csv', this.csv.write(ACCESS_HEADER, accessRows(record)));
    response.setHeader('Cache-Control', 'no-store');
    response.json(accessJson(record));
  }
}

async function* jsonOf(people: AsyncIterable<SubscriberWithHistory>): AsyncIterable<object> {
  for await (const person of people) yield personJson(person);
}
