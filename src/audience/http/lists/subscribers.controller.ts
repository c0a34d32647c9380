import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { SignUpSubscribers } from '../../application/lists/sign-up-subscribers.js';
import type { Visitor } from '../../domain/lists/consent.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { Segments } from '../../domain/lists/segments.port.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';
import { bulkAnswer, readBulkRows } from './bulk-rows.js';
import { BulkSubscribersDto, CreateSubscriberDto, SubscribersQuery } from './subscriber.dto.js';
import {
  BulkResponse,
  SubscriberDetailResponse,
  SubscriberPageResponse,
  SubscriberResponse,
  toSubscriber,
  toSubscriberDetail,
} from './subscriber.response.dto.js';
import { assertMayDeclare, phoneWishOf, subscriberOrRefusal } from './sign-up-answer.js';

/** The API's own client is not the person who agreed, so its address is no proof and is not kept. */
const NO_VISITOR: Visitor = {};

@Controller('v1/subscribers')
@ApiTags('Audience')
@ApiBearerAuth()
export class SubscribersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly signUp: SignUpSubscribers,
    private readonly subscribers: Subscribers,
    private readonly ledger: ConsentLedger,
    private readonly segments: Segments,
    private readonly phones: PhoneNumbers,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Add a subscriber' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: SubscriberResponse })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateSubscriberDto,
  ): Promise<SubscriberResponse> {
    assertMayDeclare(principal, body);
    const signUp = { ...body, phone: phoneWishOf(body, this.phones) };
    return this.idempotency.run(principal, call, async (tx) => {
      const [verdict] = await this.signUp.execute(principal.workspaceId, [signUp], NO_VISITOR, tx);
      return toSubscriber(subscriberOrRefusal(verdict));
    });
  }

  @Post('bulk')
  @ApiOperation({ summary: 'Add up to a thousand subscribers' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BulkResponse, description: 'A verdict per row; bad rows do not stop good ones.' })
  async bulk(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { subscribers }: BulkSubscribersDto,
  ): Promise<BulkResponse> {
    const rows = await readBulkRows(principal, subscribers, this.phones);
    const valid = rows.flatMap((row) => ('signUp' in row ? [row.signUp] : []));
    return this.idempotency.run(principal, call, async (tx) =>
      bulkAnswer(rows, await this.signUp.execute(principal.workspaceId, valid, NO_VISITOR, tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List subscribers' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberPageResponse })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: SubscribersQuery,
  ): Promise<SubscriberPageResponse> {
    const { status, tag, segmentId } = query;
    const segment = segmentId === undefined ? undefined : (await this.segments.get(workspaceId, segmentId)).filter;
    const filter = {
      ...(status === undefined ? {} : { status }),
      ...(tag === undefined ? {} : { tag }),
      ...(segment === undefined ? {} : { segment }),
    };
    return readPage(query, (place) => this.subscribers.list(workspaceId, { ...filter, ...place }), toSubscriber);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a subscriber with the consent history' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SubscriberDetailResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SubscriberDetailResponse> {
    const subscriber = await this.subscribers.get(workspaceId, id);
    if (!subscriber) throw notFound('subscriber', id);
    return toSubscriberDetail(subscriber, await this.ledger.history(workspaceId, id));
  }
}
