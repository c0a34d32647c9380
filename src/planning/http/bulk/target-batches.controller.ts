import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { type BatchResult, ChangeTargets, type TargetBatch } from '../../application/bulk/change-targets.js';
import { RequeueTargetsDto, ShiftTargetsDto, TargetBatchDto, toTargetChoice } from './batch.dto.js';
import { BatchResultDto, toBatchResultDto } from './batch.response.dto.js';

@Controller('v1/targets')
@ApiTags('Targets')
@ApiBearerAuth()
export class TargetBatchesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly targets: ChangeTargets,
  ) {}

  /** Waiting targets move on the wall of their zone; nothing moves when one would come to lie in the past. */
  @Post('shift')
  @ApiOperation({ summary: 'Move many waiting targets by days and minutes' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: BatchResultDto })
  shift(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: ShiftTargetsDto,
  ): Promise<BatchResultDto> {
    return this.run({ principal, call, body }, (batch, tx) => this.targets.shift(principal, batch, body.by, tx));
  }

  /** One after the other on each account, or into free slots of their queues: never an overdue week in one minute. */
  @Post('requeue')
  @ApiOperation({ summary: 'Send many failed and missed targets again, paced' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: BatchResultDto })
  requeue(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: RequeueTargetsDto,
  ): Promise<BatchResultDto> {
    const { into, startAt, everyMinutes } = body;
    const pace = { everyMinutes, ...(startAt ? { startAt } : {}) };
    return this.run({ principal, call, body }, (batch, tx) =>
      into === 'queue'
        ? this.targets.returnToQueue(principal, batch, startAt, tx)
        : this.targets.requeue(principal, batch, pace, tx),
    );
  }

  /** What is being published already is left alone and counted. */
  @Post('cancel')
  @ApiOperation({ summary: 'Cancel many waiting targets' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: BatchResultDto })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: TargetBatchDto,
  ): Promise<BatchResultDto> {
    return this.run({ principal, call, body }, (batch, tx) => this.targets.cancel(principal, batch, tx));
  }

  private run(
    { principal, call, body }: { principal: Principal; call: IdempotencyCall; body: TargetBatchDto },
    change: (batch: TargetBatch, tx: Tx) => Promise<BatchResult>,
  ): Promise<BatchResultDto> {
    const batch = { choice: toTargetChoice(body), isDryRun: body.dryRun };
    return this.idempotency.run<BatchResultDto>(principal, call, async (tx) =>
      toBatchResultDto(await change(batch, tx), body.dryRun),
    );
  }
}
