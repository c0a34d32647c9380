import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { notFound } from '../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { CancelTargets } from '../application/targets/cancel-targets.js';
import { RerouteTarget } from '../application/rerouting/reroute-target.js';
import { TargetReader } from '../application/targets/target-reader.js';
import type { TargetSummary } from '../domain/targets/target-summary.js';
import { AttemptListResponse, HistoryResponse } from './dto/journal.dto.js';
import {
  ListTargetsQuery,
  RerouteTargetRequest,
  TargetPageResponse,
  TargetResponse,
  toTargetResponse,
} from './dto/target.dto.js';

@Controller('v1/targets')
@ApiTags('Targets')
@ApiBearerAuth()
export class TargetsController {
  constructor(
    private readonly reader: TargetReader,
    private readonly cancelTargets: CancelTargets,
    private readonly rerouteTarget: RerouteTarget,
    private readonly idempotency: Idempotency,
  ) {}

  /** Newest scheduled first. */
  @Get()
  @ApiOperation({ summary: 'List targets, newest scheduled first' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: TargetPageResponse })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ListTargetsQuery): Promise<TargetPageResponse> {
    const { limit, cursor: _, ...filter } = query;
    return readPage(
      query,
      (place) => this.reader.list(principal.workspaceId, filter, { ...place, limit }),
      toTargetResponse,
      ({ sortKey, id }) => ({ at: sortKey, id }),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a target' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: TargetResponse })
  async get(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<TargetResponse> {
    return toTargetResponse(await this.existing(principal, id));
  }

  /** Every try with its intent, call, deadline and outcome. */
  @Get(':id/attempts')
  @ApiOperation({ summary: 'Every try with its intent, call, deadline and outcome' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: AttemptListResponse })
  async attempts(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<AttemptListResponse> {
    await this.existing(principal, id);
    return { items: await this.reader.attempts(principal.workspaceId, id) };
  }

  /** Every change of status with cause and reasons. */
  @Get(':id/events')
  @ApiOperation({ summary: 'Every change of status with cause and reasons' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: HistoryResponse })
  async history(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<HistoryResponse> {
    await this.existing(principal, id);
    return { items: await this.reader.history(principal.workspaceId, id) };
  }

  /** Possible until the intent is written; then 409 `target.too_late`. */
  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel a target; possible until its intent is written' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: TargetResponse })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<TargetResponse> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) => {
      await this.cancelTargets.execute({ workspaceId, targetIds: [id], actor }, tx);
      const [target] = await this.reader.byIds(workspaceId, [id], tx);
      if (!target) throw notFound('target', id);
      return toTargetResponse(target);
    });
  }

  /** Moves one target to another account now; answers the replacement. */
  @Post(':id/reroute')
  @ApiOperation({ summary: 'Move a target to another account now' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: TargetResponse })
  reroute(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { accountId }: RerouteTargetRequest,
  ): Promise<TargetResponse> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) => {
      const wish = { workspaceId, targetId: id, actor, ...(accountId === undefined ? {} : { accountId }) };
      const replacementId = await this.rerouteTarget.execute(wish, tx);
      const [target] = await this.reader.byIds(workspaceId, [replacementId], tx);
      if (!target) throw notFound('target', replacementId);
      return toTargetResponse(target);
    });
  }

  private async existing({ workspaceId }: Principal, id: string): Promise<TargetSummary> {
    const [target] = await this.reader.byIds(workspaceId, [id]);
    if (!target) throw notFound('target', id);
    return target;
  }
}
