import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { decodeCursor, toPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { EditBroadcast } from '../../application/sending/edit-broadcast.js';
import { StartBroadcast } from '../../application/sending/start-broadcast.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { RecipientsQuery } from './broadcast.dto.js';
import { BroadcastCommand } from './broadcast-command.js';
import { SendBroadcastDto } from './broadcast-planning.dto.js';
import { BroadcastResponse, RecipientPageResponse, toRecipient } from './broadcast.response.dto.js';

@Controller('v1/broadcasts/:id')
@ApiTags('Audience')
@ApiBearerAuth()
export class BroadcastSendingController {
  constructor(
    private readonly command: BroadcastCommand,
    private readonly start: StartBroadcast,
    private readonly edit: EditBroadcast,
    private readonly recipients: Recipients,
  ) {}

  @Post('send')
  @ApiOperation({ summary: 'Approve and send a broadcast' })
  @HttpCode(202)
  @NeedsScope('audience:write')
  @ApiAcceptedResponse({ type: BroadcastResponse, description: 'Approved: content and recipients are fixed.' })
  send(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { confirmRecipients: confirmed, acceptFindings: accepted }: SendBroadcastDto,
  ): Promise<BroadcastResponse> {
    const order = { principal, call, id, accepted };
    return this.command.runChecked(order, (ref, tx) => this.start.execute(ref, tx, { confirmed, accepted }));
  }

  @Post('pause')
  @ApiOperation({ summary: 'Pause sending' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BroadcastResponse, description: 'No further message is handed over.' })
  pause(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<BroadcastResponse> {
    return this.command.run(principal, call, id, (ref, tx) => this.edit.change(ref, 'paused', tx));
  }

  @Post('resume')
  @ApiOperation({ summary: 'Resume sending' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BroadcastResponse })
  resume(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<BroadcastResponse> {
    return this.command.run(principal, call, id, (ref, tx) => this.edit.change(ref, 'sending', tx));
  }

  @Post('cancel')
  @ApiOperation({ summary: 'Cancel a broadcast for good' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BroadcastResponse, description: 'For good. Messages already handed over stay sent.' })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<BroadcastResponse> {
    return this.command.run(principal, call, id, (ref, tx) => this.edit.change(ref, 'cancelled', tx));
  }

  @Get('recipients')
  @ApiOperation({ summary: 'List recipients with their state' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: RecipientPageResponse })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() { limit, cursor, state }: RecipientsQuery,
  ): Promise<RecipientPageResponse> {
    await this.command.found(workspaceId, id);
    const rows = await this.recipients.list(workspaceId, id, {
      ...(state === undefined ? {} : { state }),
      limit: limit + 1,
      after: decodeCursor(cursor),
    });
    return toPage(rows, limit, ({ at, subscriberId }) => ({ at, id: subscriberId }), toRecipient);
  }
}
