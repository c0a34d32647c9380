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
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, type IdempotencyCall, IdempotentCall } from '../../../workspaces/index.js';
import { ChannelDesk } from '../../application/notifications/channel-desk.js';
import { type IssuedCode, VerifyAddress } from '../../application/notifications/verify-address.js';
import { Channels } from '../../domain/notifications/channels.port.js';
import { ownerOf } from './channel-owner.js';
import { CreateNotificationChannelDto, UpdateNotificationChannelDto } from './notification-channel.dto.js';
import {
  ChannelWithCodeDto,
  NotificationChannelDto,
  NotificationChannelPageDto,
  toChannelDto,
  toMailedCodeDto,
} from './notification-channel.response.dto.js';

@Controller('v1/notification-channels')
@ApiTags('Notifications')
@ApiBearerAuth()
export class NotificationChannelsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: ChannelDesk,
    private readonly verify: VerifyAddress,
    private readonly channels: Channels,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Have people told of incidents and of what waits for them, by mail, Discord, Telegram or webhook',
  })
  @NeedsScope('webhooks:write')
  @ApiCreatedResponse({ type: ChannelWithCodeDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() fields: CreateNotificationChannelDto,
  ): Promise<ChannelWithCodeDto> {
    if (fields.kind === 'email') this.verify.assertCanMail();
    let issued: IssuedCode | undefined;
    const shown = await this.idempotency.run(principal, call, async (tx) => {
      const channel = await this.desk.create(ownerOf(principal), fields, tx);
      issued = channel.kind === 'email' ? await this.verify.issue(channel, tx) : undefined;
      return toChannelDto(channel);
    });
    return this.withCode(shown, issued);
  }

  @Get()
  @ApiOperation({ summary: 'List notification channels, without their secrets' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: NotificationChannelPageDto })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: PageQuery): Promise<NotificationChannelPageDto> {
    return readPage(query, (place) => this.channels.list(ownerOf(principal), place), toChannelDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one notification channel' })
  @NeedsScope('webhooks:read')
  @ApiOkResponse({ type: NotificationChannelDto })
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<NotificationChannelDto> {
    return toChannelDto(await this.desk.get(ownerOf(principal), id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a notification channel, where it leads, or switch it off and on' })
  @NeedsScope('webhooks:write')
  @ApiOkResponse({ type: ChannelWithCodeDto })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() fields: UpdateNotificationChannelDto,
  ): Promise<ChannelWithCodeDto> {
    if (fields.email !== undefined) this.verify.assertCanMail();
    const { channel, issued } = await this.unitOfWork.run(async (tx) => {
      const { channel, isMoved } = await this.desk.change(ownerOf(principal), id, fields, tx);
      return { channel, issued: isMoved ? await this.verify.issue(channel, tx) : undefined };
    });
    return this.withCode(toChannelDto(channel), issued);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a notification channel and its log' })
  @HttpCode(204)
  @NeedsScope('webhooks:write')
  @ApiNoContentResponse({ description: 'Nothing more is sent to it.' })
  delete(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.delete(ownerOf(principal), id, tx));
  }

  /** Mails the code once it is committed. */
  private async withCode(shown: NotificationChannelDto, issued: IssuedCode | undefined): Promise<ChannelWithCodeDto> {
    return issued ? { ...shown, verification: toMailedCodeDto(await this.verify.mail(issued)) } : shown;
  }
}
