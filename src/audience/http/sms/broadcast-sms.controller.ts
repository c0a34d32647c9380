import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { PreviewSms } from '../../application/sms/preview-sms.js';
import { SmsDesk } from '../../application/sms/sms-desk.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import {
  SmsMessagePageResponse,
  SmsMessagesQuery,
  SmsPreviewResponse,
  SmsTextDto,
  toSmsMessage,
  toSmsPreview,
} from './broadcast-sms.dto.js';

/** The text beside a broadcast's mail. */
@Controller('v1/broadcasts/:id/sms')
@ApiTags('Audience')
@ApiBearerAuth()
export class BroadcastSmsController {
  constructor(
    private readonly desk: SmsDesk,
    private readonly preview: PreviewSms,
    private readonly broadcasts: Broadcasts,
    private readonly ledger: SmsLedger,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Preview the text of a broadcast and its cost' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SmsPreviewResponse })
  async show(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SmsPreviewResponse> {
    return toSmsPreview(await this.preview.execute(workspaceId, id));
  }

  /** Notices have words of ours until then; news go by text only with words of yours. */
  @Put()
  @ApiOperation({ summary: 'Set the text of a draft' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse({ description: 'It says so from now on.' })
  word(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { text }: SmsTextDto,
  ): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.word({ workspaceId, actor }, id, text, tx));
  }

  @Get('messages')
  @ApiOperation({ summary: 'List the texts of a broadcast with their state' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SmsMessagePageResponse })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: SmsMessagesQuery,
  ): Promise<SmsMessagePageResponse> {
    if (!(await this.broadcasts.get(workspaceId, id))) throw notFound('broadcast', id);
    const { state } = query;
    const only = state === undefined ? {} : { state };
    return readPage(query, (place) => this.ledger.list(workspaceId, id, { ...only, ...place }), toSmsMessage);
  }
}
