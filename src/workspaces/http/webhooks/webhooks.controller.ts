import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { Idempotency } from '../../application/idempotency.js';
import { WebhookDesk } from '../../application/webhooks/webhook-desk.js';
import { type IdempotencyCall, ShownOnce } from '../../domain/idempotency-call.js';
import { WebhookDoor, Webhooks } from '../../domain/webhooks/webhooks.port.js';
import { IdempotentCall } from '../idempotent-call.decorator.js';
import {
  CreateWebhookDto,
  RotateSecretDto,
  toWebhookDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhookPageDto,
  WebhookWithSecretDto,
} from './webhook.dto.js';

@Controller('v1/webhooks')
@ApiTags('Webhooks')
@ApiBearerAuth()
export class WebhooksController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: WebhookDesk,
    private readonly webhooks: Webhooks,
    private readonly door: WebhookDoor,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Have events sent to an address; the secret that signs them is answered this once' })
  @NeedsScope('webhooks:write')
  @ApiCreatedResponse({ type: WebhookWithSecretDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() fields: CreateWebhookDto,
  ): Promise<WebhookWithSecretDto> {
    await this.door.assertUsable(fields.url);
    return this.idempotency.run<WebhookWithSecretDto>(principal, call, async (tx) => {
      const { webhook, secret } = await this.desk.create(principal, fields, tx);
      const shown = toWebhookDto(webhook);
      return new ShownOnce<WebhookWithSecretDto>({ ...shown, secret }, shown);
    });
  }

  @Get()
  @ApiOperation({ summary: 'List webhooks, without their secrets' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: WebhookPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<WebhookPageDto> {
    return readPage(query, (place) => this.webhooks.list(workspaceId, place), toWebhookDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one webhook' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: WebhookDto })
  async read(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<WebhookDto> {
    return toWebhookDto(await this.desk.get(workspaceId, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a webhook, or switch it off and on' })
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: WebhookDto })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() change: UpdateWebhookDto,
  ): Promise<WebhookDto> {
    await this.desk.get(principal.workspaceId, id);
    if (change.url !== undefined) await this.door.assertUsable(change.url);
    return toWebhookDto(await this.desk.change(principal, id, change));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a webhook and its log' })
  @HttpCode(204)
  @NeedsScope('webhooks:write')
  @ApiNoContentResponse({ description: 'Nothing more is sent to it.' })
  delete(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.delete(principal, id);
  }

  @Post(':id/rotate-secret')
  @ApiOperation({ summary: 'Replace the secret; for a while messages are signed by both' })
  @HttpCode(200)
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: WebhookWithSecretDto })
  rotate(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { overlapSeconds }: RotateSecretDto,
  ): Promise<WebhookWithSecretDto> {
    return this.idempotency.run<WebhookWithSecretDto>(principal, call, async (tx) => {
      const { webhook, secret } = await this.desk.rotate(principal, id, overlapSeconds * SECOND_MS, tx);
      const shown = toWebhookDto(webhook);
      return new ShownOnce<WebhookWithSecretDto>({ ...shown, secret }, shown);
    });
  }
}
