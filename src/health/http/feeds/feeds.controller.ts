import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Clock } from '../../../kernel/clock.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { FeedDesk } from '../../application/feeds/feed-desk.js';
import { FeedDoor, Feeds } from '../../domain/feeds/feeds.port.js';
import { CreateFeedDto, FeedDto, FeedPageDto, ListFeedsQuery, toDraft, toFeedDto } from './feed.dto.js';

/** Pages that speak about platforms. They belong to the instance: every workspace sees the same. */
@Controller('v1/feeds')
@ApiTags('Platforms')
@ApiBearerAuth()
export class FeedsController {
  constructor(
    private readonly feeds: Feeds,
    private readonly desk: FeedDesk,
    private readonly door: FeedDoor,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List status pages and other feeds, with what they say' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: FeedPageDto })
  async list(@Query() query: ListFeedsQuery): Promise<FeedPageDto> {
    const { platform } = query;
    const now = this.clock.now();
    return readPage(
      query,
      (place) => this.feeds.list({ ...place, platform }),
      (feed) => toFeedDto(feed, now),
    );
  }

  /** Its bad news makes alarms about the platform come sooner for two hours; it never raises one alone. */
  @Post()
  @ApiOperation({ summary: 'Follow a feed as evidence for a platform, for example of the cloud that hosts it' })
  @NeedsScope('operator')
  @ApiCreatedResponse({ type: FeedDto })
  async add(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateFeedDto,
  ): Promise<FeedDto> {
    await this.door.assertUsable(body.url);
    return this.idempotency.run(principal, call, async (tx) =>
      toFeedDto(await this.desk.add(principal, toDraft(body), tx), this.clock.now()),
    );
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Stop following a feed' })
  @HttpCode(204)
  @NeedsScope('operator')
  @ApiNoContentResponse({ description: 'It is not asked again; what it said stays evidence until its end.' })
  remove(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove(principal, id, tx));
  }
}
