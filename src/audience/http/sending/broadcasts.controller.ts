import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { decodeCursor, PageQuery, toPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { EditBroadcast } from '../../application/sending/edit-broadcast.js';
import { RichBodies } from '../../application/sending/rich-bodies.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { CreateBroadcastDto, UpdateBroadcastDto } from './broadcast.dto.js';
import { BroadcastPageResponse, BroadcastResponse, toBroadcast } from './broadcast.response.dto.js';

@Controller('v1/broadcasts')
@ApiTags('Audience')
@ApiBearerAuth()
export class BroadcastsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly editBroadcast: EditBroadcast,
    private readonly richBodies: RichBodies,
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Draft a broadcast' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: BroadcastResponse })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateBroadcastDto,
  ): Promise<BroadcastResponse> {
    const { workspaceId } = principal;
    const { kind, subject, bodyText, tags = [], segmentId = null } = body;
    const fresh = { workspaceId, kind, subject, bodyText, tags, segmentId, ...(await this.richBodies.of(body)) };
    return this.idempotency.run(principal, call, async (tx) =>
      toBroadcast(await this.editBroadcast.create(fresh, tx), undefined),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List broadcasts' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: BroadcastPageResponse })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<BroadcastPageResponse> {
    const rows = await this.broadcasts.list(workspaceId, { limit: limit + 1, after: decodeCursor(cursor) });
    const counts = await this.recipients.counts(
      workspaceId,
      rows.map(({ id }) => id),
    );
    return toPage(
      rows,
      limit,
      ({ at, id }) => ({ at, id }),
      (row) => toBroadcast(row, counts.get(row.id)),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a broadcast with its counts' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: BroadcastResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BroadcastResponse> {
    const broadcast = await this.found(workspaceId, id);
    response.setHeader('ETag', etagOf(broadcast.version));
    return toBroadcast(broadcast, (await this.recipients.counts(workspaceId, [id])).get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a draft' })
  @NeedsScope('audience:write')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: BroadcastResponse, description: 'Only a draft can be changed.' })
  async edit(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: UpdateBroadcastDto,
  ): Promise<BroadcastResponse> {
    const expected = expectedVersion(ifMatch);
    const check = (actual: number) => assertVersion('broadcast', expected, actual);
    // The DTO's instance carries undeclared fields as undefined; they must not overwrite what is stored.
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const isRich = body.bodyHtml !== undefined || body.bodyMjml !== undefined;
    const edit = { ...given, ...(isRich ? await this.richBodies.of(body) : {}) };
    const edited = await this.unitOfWork.run((tx) =>
      this.editBroadcast.edit({ workspaceId, id, actor }, edit, check, tx),
    );
    return toBroadcast(edited, undefined);
  }

  private async found(workspaceId: WorkspaceId, id: string): Promise<Broadcast> {
    const broadcast = await this.broadcasts.get(workspaceId, id);
    if (!broadcast) throw notFound('broadcast', id);
    return broadcast;
  }
}
