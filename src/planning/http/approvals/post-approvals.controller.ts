import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import type { Verdict } from '../../../publishing/domain/approvals/verdict.policy.js';
import { toTargetResponse } from '../../../publishing/index.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { DecideOnPosts } from '../../application/approvals/decide-on-posts.js';
import { CommentDto, DecidedPostDto, RejectPostDto } from './approval.dto.js';
import { decisionOf } from './approvals.controller.js';

/** The same for all targets of a post about which it can be said now. */
@Controller('v1/posts/:id')
@ApiTags('Approvals')
@ApiBearerAuth()
export class PostApprovalsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly decide: DecideOnPosts,
  ) {}

  @Post('approve')
  @ApiOperation({ summary: 'Approve everything of a post that waits' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: DecidedPostDto })
  approve(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { comment }: CommentDto,
  ): Promise<DecidedPostDto> {
    return this.all(principal, call, id, { verdict: 'approve', comment });
  }

  @Post('reject')
  @ApiOperation({ summary: 'Reject everything of a post that waits, saying why' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: DecidedPostDto })
  reject(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { comment }: RejectPostDto,
  ): Promise<DecidedPostDto> {
    return this.all(principal, call, id, { verdict: 'reject', comment });
  }

  @Post('withdraw-approval')
  @ApiOperation({ summary: 'Take the approvals of a post back, as far as their calls have not begun' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: DecidedPostDto })
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { comment }: CommentDto,
  ): Promise<DecidedPostDto> {
    return this.all(principal, call, id, { verdict: 'withdraw', comment });
  }

  private all(
    principal: Principal,
    call: IdempotencyCall,
    postId: string,
    { verdict, comment }: { readonly verdict: Verdict; readonly comment: string | undefined },
  ): Promise<DecidedPostDto> {
    return this.idempotency.run<DecidedPostDto>(principal, call, async (tx) => {
      const targets = await this.decide.post(decisionOf(principal, verdict, comment), postId, tx);
      return { targets: targets.map(toTargetResponse) };
    });
  }
}
