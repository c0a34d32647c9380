import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { HandOffLinks } from '../../application/hand-off/hand-off-links.js';
import { type HandOffEnd, SettleHandOff } from '../../application/hand-off/settle-hand-off.js';
import { type HandOff, HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import {
  ConfirmHandOffRequest,
  HandOffPageResponse,
  HandOffResponse,
  ListHandOffsQuery,
  toHandOffResponse,
} from './hand-off.dto.js';

/** What waits for a person's hand, and their word about it. */
@Controller('v1/handoffs')
@ApiTags('Hand-offs')
@ApiBearerAuth()
export class HandOffsController {
  constructor(
    private readonly handOffs: HandOffs,
    private readonly links: HandOffLinks,
    private readonly settle: SettleHandOff,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List hand-offs, newest first' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: HandOffPageResponse })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListHandOffsQuery,
  ): Promise<HandOffPageResponse> {
    const { limit, cursor: _, ...filter } = query;
    return readPage(
      query,
      (place) => this.handOffs.list(principal.workspaceId, { ...filter, ...place, limit }),
      (row) => this.show(row, principal),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a hand-off' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: HandOffResponse })
  async get(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<HandOffResponse> {
    const handOff = await this.handOffs.get(id);
    if (handOff?.workspaceId !== principal.workspaceId) throw notFound('handoff', id);
    return this.show(handOff, principal);
  }

  @Post(':id/confirm')
  @ApiOperation({ summary: 'Say that it was posted; also after the time ran out' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: HandOffResponse })
  confirm(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { link, platformPostId }: ConfirmHandOffRequest,
  ): Promise<HandOffResponse> {
    const word = { link, platformPostId };
    return this.end(principal, call, { id, end: { event: 'confirm', by: principal.actor, ...word } });
  }

  @Post(':id/skip')
  @ApiOperation({ summary: 'Say that it will not be posted; its target is cancelled' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: HandOffResponse })
  skip(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<HandOffResponse> {
    return this.end(principal, call, { id, end: { event: 'skip', by: principal.actor } });
  }

  private end(
    principal: Principal,
    call: IdempotencyCall,
    { id, end }: { readonly id: string; readonly end: HandOffEnd },
  ): Promise<HandOffResponse> {
    return this.idempotency.run(principal, call, async (tx) =>
      this.show(await this.settle.execute(id, end, tx, principal.workspaceId), principal),
    );
  }

  private show(handOff: HandOff, { scopes }: Principal): HandOffResponse {
    const mayConfirm = scopes.includes('posts:write') || scopes.includes('admin');
    return toHandOffResponse(handOff, mayConfirm ? this.links.urlOf(handOff) : undefined);
  }
}
