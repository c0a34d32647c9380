import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency } from '../../application/idempotency.js';
import { WebhookDesk } from '../../application/webhooks/webhook-desk.js';
import type { IdempotencyCall } from '../../domain/idempotency-call.js';
import { Deliveries } from '../../domain/webhooks/webhooks.port.js';
import { IdempotentCall } from '../idempotent-call.decorator.js';
import { DeliveriesQuery, DeliveryDto, DeliveryPageDto, DeliveryWithBodyDto, toDeliveryDto } from './webhook.dto.js';

@Controller('v1/webhooks/:id')
@ApiTags('Webhooks')
@ApiBearerAuth()
export class WebhookDeliveriesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: WebhookDesk,
    private readonly deliveries: Deliveries,
  ) {}

  @Get('deliveries')
  @ApiOperation({ summary: 'What was sent to a webhook, and what came of it; kept for 30 days' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: DeliveryPageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: DeliveriesQuery,
  ): Promise<DeliveryPageDto> {
    const webhook = await this.desk.get(workspaceId, id);
    return readPage(query, (place) => this.deliveries.list(webhook, place, query.state), toDeliveryDto);
  }

  @Get('deliveries/:deliveryId')
  @ApiOperation({ summary: 'One delivery with its body' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: DeliveryWithBodyDto })
  async read(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Param('deliveryId', UuidPipe) deliveryId: string,
  ): Promise<DeliveryWithBodyDto> {
    const delivery = await this.deliveries.find(await this.desk.get(workspaceId, id), deliveryId);
    if (!delivery) throw notFound('webhook_delivery', deliveryId);
    return { ...toDeliveryDto(delivery), body: delivery.body };
  }

  @Post('deliveries/:deliveryId/replay')
  @ApiOperation({ summary: 'Send a delivery again, with the same id and body' })
  @HttpCode(202)
  @NeedsScope('webhooks:write')
  @ApiAcceptedResponse({ type: DeliveryDto })
  replay(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Param('deliveryId', UuidPipe) deliveryId: string,
  ): Promise<DeliveryDto> {
    return this.idempotency.run(principal, call, async (tx) =>
      toDeliveryDto(await this.desk.replay(principal.workspaceId, id, deliveryId, tx)),
    );
  }

  @Post('test')
  @ApiOperation({ summary: 'Send a message of type webhook.test' })
  @HttpCode(202)
  @NeedsScope('webhooks:write')
  @ApiAcceptedResponse({ type: DeliveryDto })
  test(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<DeliveryDto> {
    return this.idempotency.run(principal, call, async (tx) =>
      toDeliveryDto(await this.desk.test(principal.workspaceId, id, tx)),
    );
  }
}
