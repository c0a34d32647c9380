import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AppConfig } from '../../../infra/config/app-config.js';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall, ShownOnce } from '../../../workspaces/index.js';
import { FeedDesk, type FreshFeed } from '../../application/feed/feed-desk.js';
import { CalendarFeeds } from '../../domain/feed/calendar-feeds.port.js';
import {
  CreateCalendarFeedDto,
  CalendarFeedDto,
  CalendarFeedPageDto,
  CalendarFeedWithAddressDto,
  toCalendarFeedDto,
} from './calendar-feed.dto.js';

@Controller('v1/calendar/feeds')
@ApiTags('Calendar')
@ApiBearerAuth()
export class CalendarFeedsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: FeedDesk,
    private readonly feeds: CalendarFeeds,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a secret address at which calendar programs read the plan; it is answered this once' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: CalendarFeedWithAddressDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { name }: CreateCalendarFeedDto,
  ): Promise<CalendarFeedWithAddressDto> {
    return this.fresh(principal, call, (tx) => this.desk.create(principal, name.trim(), tx));
  }

  @Get()
  @ApiOperation({ summary: 'List calendar feeds, without their addresses' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: CalendarFeedPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<CalendarFeedPageDto> {
    return readPage(query, (place) => this.feeds.list(workspaceId, place), toCalendarFeedDto);
  }

  @Post(':id/rotate')
  @ApiOperation({ summary: 'Replace the address of a calendar feed; the old one is dead at once' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: CalendarFeedWithAddressDto })
  rotate(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<CalendarFeedWithAddressDto> {
    return this.fresh(principal, call, (tx) => this.desk.rotate(principal, id, tx));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a calendar feed' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiNoContentResponse({ description: 'Its address answers nothing any more.' })
  revoke(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.revoke(principal, id, tx));
  }

  private fresh(
    principal: Principal,
    call: IdempotencyCall,
    make: (tx: Tx) => Promise<FreshFeed>,
  ): Promise<CalendarFeedWithAddressDto> {
    return this.idempotency.run<CalendarFeedWithAddressDto>(principal, call, async (tx) => {
      const { feed, token } = await make(tx);
      const shown: CalendarFeedDto = toCalendarFeedDto(feed);
      const url = `${this.config.publicUrl}/calendar/${token}.ics`;
      return new ShownOnce<CalendarFeedWithAddressDto>({ ...shown, url }, shown);
    });
  }
}
