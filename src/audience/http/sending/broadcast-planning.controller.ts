import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { BroadcastGate } from '../../application/sending/broadcast-gate.js';
import { Preflight } from '../../application/sending/preflight.js';
import { ScheduleBroadcast } from '../../application/sending/schedule-broadcast.js';
import { TestBroadcast } from '../../application/sending/test-broadcast.js';
import { BroadcastCommand } from './broadcast-command.js';
import { BroadcastResponse, PreviewResponse, toPreview } from './broadcast.response.dto.js';
import {
  PreflightResponse,
  ScheduleBroadcastDto,
  TestBroadcastDto,
  TestedBroadcastResponse,
  toPreflight,
  toTested,
} from './broadcast-planning.dto.js';

/** What comes before a broadcast goes out. */
@Controller('v1/broadcasts/:id')
@ApiTags('Audience')
@ApiBearerAuth()
export class BroadcastPlanningController {
  constructor(
    private readonly command: BroadcastCommand,
    private readonly idempotency: Idempotency,
    private readonly preflight: Preflight,
    private readonly gate: BroadcastGate,
    private readonly planning: ScheduleBroadcast,
    private readonly tests: TestBroadcast,
  ) {}

  @Post('preview')
  @ApiOperation({ summary: 'Render a broadcast for sample recipients' })
  @HttpCode(200)
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: PreviewResponse })
  async preview(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<PreviewResponse> {
    const { recipients, samples } = await this.preflight.content(await this.command.found(workspaceId, id));
    return toPreview(recipients, samples);
  }

  @Post('preflight')
  @ApiOperation({ summary: 'Look at a broadcast as receivers will: content, headers, size, links, DKIM, SPF, DMARC' })
  @HttpCode(200)
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: PreflightResponse })
  async look(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<PreflightResponse> {
    return toPreflight(await this.preflight.execute(await this.command.found(workspaceId, id)));
  }

  @Post('test')
  @ApiOperation({ summary: 'Mail it to up to five addresses now, marked as a test; no reader gets it' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: TestedBroadcastResponse })
  async test(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { to }: TestBroadcastDto,
  ): Promise<TestedBroadcastResponse> {
    const earlier = await this.idempotency.replayOf<TestedBroadcastResponse>(principal, call);
    if (earlier) return earlier.body;
    const results = await this.tests.execute(await this.command.found(principal.workspaceId, id), to);
    return this.idempotency.run(principal, call, async () => toTested(results));
  }

  @Post('approve')
  @ApiOperation({ summary: 'Vouch for a draft as it is now; large lists need somebody else than who sends' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BroadcastResponse, description: 'An edit makes it void.' })
  approve(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<BroadcastResponse> {
    return this.command.run(principal, call, id, (ref, tx) => this.gate.approve(ref, tx));
  }

  @Post('schedule')
  @ApiOperation({ summary: 'Send a draft at a time; recipients are fixed when it starts' })
  @HttpCode(202)
  @NeedsScope('audience:write')
  @ApiAcceptedResponse({ type: BroadcastResponse })
  schedule(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { scheduledAt, confirmRecipients, acceptFindings: accepted }: ScheduleBroadcastDto,
  ): Promise<BroadcastResponse> {
    const order = { principal, call, id, accepted };
    const plan = { at: scheduledAt, confirmed: confirmRecipients, accepted };
    return this.command.runChecked(order, (ref, tx) => this.planning.schedule(ref, plan, tx));
  }

  @Post('unschedule')
  @ApiOperation({ summary: 'Make a scheduled broadcast a draft again' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: BroadcastResponse })
  unschedule(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<BroadcastResponse> {
    return this.command.run(principal, call, id, (ref, tx) => this.planning.unschedule(ref, tx));
  }
}
