import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, type IdempotencyCall, IdempotentCall } from '../../../workspaces/index.js';
import { ChannelDesk } from '../../application/notifications/channel-desk.js';
import { TestChannel } from '../../application/notifications/test-channel.js';
import { type IssuedCode, VerifyAddress } from '../../application/notifications/verify-address.js';
import { Ledger } from '../../domain/notifications/ledger.port.js';
import { ownerOf } from './channel-owner.js';
import { VerifyChannelDto } from './notification-channel.dto.js';
import {
  MailedCodeDto,
  NotificationChannelDto,
  TestedChannelDto,
  toChannelDto,
  toMailedCodeDto,
  toTestedDto,
} from './notification-channel.response.dto.js';
import {
  NotificationDeliveriesQuery,
  NotificationDeliveryPageDto,
  toNotificationDto,
} from './notification-delivery.dto.js';

@Controller('v1/notification-channels/:id')
@ApiTags('Notifications')
@ApiBearerAuth()
export class NotificationChecksController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: ChannelDesk,
    private readonly verify: VerifyAddress,
    private readonly tests: TestChannel,
    private readonly ledger: Ledger,
  ) {}

  @Post('test')
  @ApiOperation({ summary: 'Send a test message now, and tell what came back' })
  @HttpCode(200)
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: TestedChannelDto })
  async test(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<TestedChannelDto> {
    const earlier = await this.idempotency.replayOf<TestedChannelDto>(principal, call);
    if (earlier) return earlier.body;
    const { sending, ...ended } = await this.tests.execute(ownerOf(principal), id);
    return this.idempotency.run(principal, call, async () => toTestedDto(sending.id, ended));
  }

  @Post('verification')
  @ApiOperation({ summary: 'Mail a new code to an address that is not confirmed yet; the one before ends' })
  @HttpCode(200)
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: MailedCodeDto })
  async sendCode(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<MailedCodeDto> {
    this.verify.assertCanMail();
    let issued: IssuedCode | undefined;
    const stored = await this.idempotency.run(principal, call, async (tx): Promise<MailedCodeDto> => {
      issued = await this.verify.issue(await this.desk.get(ownerOf(principal), id, tx), tx);
      return { state: 'unknown', detail: 'The first call with this key has mailed the code.' };
    });
    return issued ? toMailedCodeDto(await this.verify.mail(issued)) : stored;
  }

  @Post('verify')
  @ApiOperation({ summary: 'Prove an e-mail address by the code that was mailed there; messages begin from now' })
  @HttpCode(200)
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: NotificationChannelDto })
  async confirm(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { code }: VerifyChannelDto,
  ): Promise<NotificationChannelDto> {
    return toChannelDto(await this.verify.confirm(ownerOf(principal), id, code));
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'What a channel was told, and what came of it; kept for 90 days' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: NotificationDeliveryPageDto })
  async deliveries(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: NotificationDeliveriesQuery,
  ): Promise<NotificationDeliveryPageDto> {
    const channel = await this.desk.get(ownerOf(principal), id);
    return readPage(query, (place) => this.ledger.list(channel, place, query.state), toNotificationDto);
  }
}
