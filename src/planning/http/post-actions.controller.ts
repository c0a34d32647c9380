import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import type { Tx } from '../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { type ActingRef, RunPost } from '../application/run-post.js';
import { type PostSwitch, StopPost } from '../application/stop-post.js';
import type { PostView } from '../domain/post-view.js';
import { PostDto, SwitchedPostDto, toPostDto, toSwitchedPostDto } from './dto/post.response.dto.js';
import { PausePostDto } from './dto/pause.request.dto.js';
import { ScheduleRequestDto, toScheduleRequest } from './dto/schedule.request.dto.js';

@Controller('v1/posts/:id')
@ApiTags('Posts')
@ApiBearerAuth()
export class PostActionsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly runs: RunPost,
    private readonly stop: StopPost,
  ) {}

  /** The first run of a draft, or the next of an evergreen post. */
  @Post('runs')
  @ApiOperation({ summary: 'Schedule a draft, or the next run of an evergreen post' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: PostDto })
  run(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() body: ScheduleRequestDto,
  ): Promise<PostDto> {
    return this.act(principal, call, (tx) => this.runs.execute(refOf(principal, id), toScheduleRequest(body), tx));
  }

  /** Sends failed and missed targets again, at once. */
  @Post('retry')
  @ApiOperation({ summary: 'Send failed and missed targets again' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PostDto })
  retry(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostDto> {
    return this.act(principal, call, (tx) => this.runs.retry(refOf(principal, id), tx));
  }

  /** No new runs, and nothing that waits goes out, until it is resumed. */
  @Post('pause')
  @ApiOperation({ summary: 'Stop a post: no new runs, and what waits is held before its call begins' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: SwitchedPostDto })
  async pause(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { reason }: PausePostDto,
  ): Promise<SwitchedPostDto> {
    const answer = await this.switch(principal, call, { id, paused: true, reason });
    await this.stop.latecomers(refOf(principal, id));
    return answer;
  }

  @Post('resume')
  @ApiOperation({ summary: 'Allow new runs again, and let go what was held' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: SwitchedPostDto })
  resume(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<SwitchedPostDto> {
    return this.switch(principal, call, { id, paused: false });
  }

  private switch(
    principal: Principal,
    call: IdempotencyCall,
    { id, ...how }: PostSwitch & { readonly id: string },
  ): Promise<SwitchedPostDto> {
    return this.idempotency.run<SwitchedPostDto>(principal, call, async (tx) =>
      toSwitchedPostDto(await this.stop.setPaused(refOf(principal, id), how, tx)),
    );
  }

  private act(principal: Principal, call: IdempotencyCall, work: (tx: Tx) => Promise<PostView>): Promise<PostDto> {
    return this.idempotency.run<PostDto>(principal, call, async (tx) => toPostDto(await work(tx)));
  }
}

const refOf = ({ workspaceId, actor }: Principal, postId: string): ActingRef => ({ workspaceId, postId, actor });
