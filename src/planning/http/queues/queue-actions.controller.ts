import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { PreviewQueue } from '../../application/calendar/preview-queue.js';
import { PlanQueues } from '../../application/queues/plan-queues.js';
import { QueueDesk } from '../../application/queues/queue-desk.js';
import type { StoredQueue } from '../../domain/queues/queues.port.js';
import { toSpan } from '../calendar/span.js';
import {
  PauseQueueDto,
  PlanQueueDto,
  PreviewQueueDto,
  QueueAccountsDto,
  QueueSlotsDto,
  toQueueChange,
} from './queue.request.dto.js';
import { PlanRoundDto, PreviewDto, QueueDto, toPlanRoundDto, toPreviewDto, toQueueDto } from './queue.response.dto.js';

@Controller('v1/queues/:id')
@ApiTags('Queues')
@ApiBearerAuth()
export class QueueActionsController {
  constructor(
    private readonly desk: QueueDesk,
    private readonly planner: PlanQueues,
    private readonly previews: PreviewQueue,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Put('slots')
  @ApiOperation({ summary: 'Replace the weekly times of a queue' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: QueueDto })
  slots(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { slots }: QueueSlotsDto,
  ): Promise<QueueDto> {
    return this.put((tx) => this.desk.change({ workspaceId, id, actor }, { slots }, tx));
  }

  @Put('accounts')
  @ApiOperation({ summary: 'Replace the accounts of a queue' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: QueueDto })
  accounts(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: QueueAccountsDto,
  ): Promise<QueueDto> {
    return this.put((tx) => this.desk.change({ workspaceId, id, actor }, toQueueChange(body), tx));
  }

  /** It plans nothing, and its untouched runs ahead are taken back. */
  @Post('pause')
  @ApiOperation({ summary: 'Pause a queue, with a reason' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: QueueDto })
  pause(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { reason }: PauseQueueDto,
  ): Promise<QueueDto> {
    const pause = { paused: true, ...(reason === undefined ? {} : { reason }) };
    return this.switch(principal, call, (tx) => this.desk.setPaused(refOf(principal, id), pause, tx));
  }

  @Post('resume')
  @ApiOperation({ summary: 'Resume a queue' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: QueueDto })
  resume(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<QueueDto> {
    return this.switch(principal, call, (tx) => this.desk.setPaused(refOf(principal, id), { paused: false }, tx));
  }

  /** The planner does this by itself every few minutes; asked at once by many, each place is planned once. */
  @Post('plan')
  @ApiOperation({ summary: 'Make the runs of a queue up to the horizon now' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PlanRoundDto })
  plan(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { anew = false }: PlanQueueDto,
  ): Promise<PlanRoundDto> {
    const { workspaceId } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toPlanRoundDto(await this.planner.planOne({ workspaceId, id, anew }, tx)),
    );
  }

  /** As the queue is, or with a change; stores nothing. Platforms judge the words only when a run is made. */
  @Post('preview')
  @ApiOperation({ summary: 'What would this queue publish until then?' })
  @HttpCode(200)
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PreviewDto })
  async preview(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { from, to, change = {} }: PreviewQueueDto,
  ): Promise<PreviewDto> {
    return toPreviewDto(await this.previews.execute({ workspaceId, id }, toSpan(from, to), toQueueChange(change)));
  }

  private switch(
    principal: Principal,
    call: IdempotencyCall,
    work: (tx: Tx) => Promise<StoredQueue>,
  ): Promise<QueueDto> {
    return this.idempotency.run(principal, call, async (tx) => toQueueDto(await work(tx)));
  }

  private async put(work: (tx: Tx) => Promise<StoredQueue>): Promise<QueueDto> {
    return toQueueDto(await this.unitOfWork.runPatiently(work));
  }
}

const refOf = ({ workspaceId, actor }: Principal, id: string) => ({ workspaceId, actor, id });
