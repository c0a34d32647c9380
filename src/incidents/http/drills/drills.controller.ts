import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { DrillDesk } from '../../application/drills/drill-desk.js';
import { Drills, DrillTargets } from '../../domain/drills/drills.port.js';
import { CancelDrillDto, CreateDrillDto, ListDrillsQuery, ListDrillTargetsQuery } from './drill.request.dto.js';
import { DrillDto, DrillPageDto, DrillTargetPageDto, toDrillDto, toDrillTargetDto } from './drill.response.dto.js';

@Controller('v1/drills')
@ApiTags('Drills')
@ApiBearerAuth()
export class DrillsController {
  constructor(
    private readonly desk: DrillDesk,
    private readonly drills: Drills,
    private readonly targets: DrillTargets,
    private readonly idempotency: Idempotency,
  ) {}

  /** Rehearses an outage of a platform: now, at a time, or every week. Nothing real is published or changed. */
  @Post()
  @ApiOperation({ summary: 'Plan a drill' })
  @NeedsScope('health:write')
  @ApiCreatedResponse({ type: DrillDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { kind, platform, region, startsAt, schedule, durationSeconds }: CreateDrillDto,
  ): Promise<DrillDto> {
    const { workspaceId, actor } = principal;
    const wish = {
      workspaceId,
      actor,
      kind,
      platform,
      ...(region === undefined ? {} : { region }),
      startsAt: startsAt === undefined ? undefined : new Date(startsAt),
      schedule,
      durationSeconds,
    };
    return this.idempotency.run(principal, call, async (tx) => toDrillDto(await this.desk.plan(wish, tx)));
  }

  @Get()
  @ApiOperation({ summary: 'List drills, the latest start first' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: DrillPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: ListDrillsQuery): Promise<DrillPageDto> {
    const { kind, platform, status } = query;
    const filter = {
      ...(kind === undefined ? {} : { kind }),
      ...(platform === undefined ? {} : { platform }),
      ...(status === undefined ? {} : { status }),
    };
    return readPage(query, (place) => this.drills.list(workspaceId, { ...filter, ...place }), toDrillDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a drill with its report' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: DrillDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<DrillDto> {
    const drill = await this.drills.get(workspaceId, id);
    if (!drill) throw notFound('drill', id);
    return toDrillDto(drill);
  }

  /** Kept of the ten latest dry runs. */
  @Get(':id/targets')
  @ApiOperation({ summary: 'What a dry run says about each target, and why' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: DrillTargetPageDto })
  async listTargets(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListDrillTargetsQuery,
  ): Promise<DrillTargetPageDto> {
    if (!(await this.drills.get(workspaceId, id))) throw notFound('drill', id);
    const filter = query.fate === undefined ? {} : { fate: query.fate };
    return readPage(
      query,
      (place) => this.targets.list(workspaceId, id, { ...filter, ...place }),
      toDrillTargetDto,
      ({ sortKey, targetId }) => ({ at: sortKey, id: targetId }),
    );
  }

  /** A planned drill ends at once, a running one at its next step; of a recurring one all that would follow too. */
  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel a drill' })
  @HttpCode(200)
  @NeedsScope('health:write')
  @ApiOkResponse({ type: DrillDto })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { onlyThis }: CancelDrillDto,
  ): Promise<DrillDto> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toDrillDto(await this.desk.cancel({ workspaceId, id, actor }, onlyThis, tx)),
    );
  }
}
