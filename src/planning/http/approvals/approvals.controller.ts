import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { DomainError, notFound } from '../../../kernel/domain-error.js';
import type { Verdict } from '../../../publishing/domain/approvals/verdict.policy.js';
import { TargetResponse, toTargetResponse } from '../../../publishing/index.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { ApprovalReader } from '../../application/approvals/approval-reader.js';
import { DecideOnPosts, type DecisionItem } from '../../application/approvals/decide-on-posts.js';
import {
  ApprovalHistoryDto,
  ApproveDto,
  CommentDto,
  DecidedManyDto,
  DecideManyDto,
  ListApprovalsQuery,
  RejectDto,
  toDecidedManyDto,
  toEntryDto,
  toWaitingDto,
  WaitingApprovalPageDto,
} from './approval.dto.js';

@Controller('v1')
@ApiTags('Approvals')
@ApiBearerAuth()
export class ApprovalsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly decide: DecideOnPosts,
    private readonly reader: ApprovalReader,
  ) {}

  @Get('approvals')
  @ApiOperation({ summary: 'List what waits for an approval, the soonest first' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: WaitingApprovalPageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ListApprovalsQuery,
  ): Promise<WaitingApprovalPageDto> {
    const { state, accountId } = query;
    const filter = { state, ...(accountId === undefined ? {} : { accountId }) };
    return readPage(
      query,
      (place) => this.reader.waiting(workspaceId, { ...filter, ...place }),
      toWaitingDto,
      ({ at, targetId }) => ({ at, id: targetId }),
    );
  }

  /** Each target for itself: what is refused stays as it is and is named. */
  @Post('approvals')
  @ApiOperation({ summary: 'Approve, reject or take back many at once' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: DecidedManyDto })
  decideMany(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { verdict, items, comment }: DecideManyDto,
  ): Promise<DecidedManyDto> {
    if (verdict === 'reject' && comment === undefined) throw commentMissing();
    const decision = { ...decisionOf(principal, verdict, comment) };
    const lowered = items.map((item) => ({ ...item, targetId: item.targetId.toLowerCase() }));
    return this.idempotency.run<DecidedManyDto>(principal, call, async (tx) =>
      toDecidedManyDto(await this.decide.many(decision, lowered, tx)),
    );
  }

  @Get('targets/:id/approvals')
  @ApiOperation({ summary: 'Read what was said about a target, by whom' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ApprovalHistoryDto })
  async history(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<ApprovalHistoryDto> {
    const entries = await this.reader.history(workspaceId, id);
    if (!entries) throw notFound('target', id);
    return { items: entries.map(toEntryDto) };
  }

  /** It goes out at its time; at once when that is past and the rule is to hold. */
  @Post('targets/:id/approve')
  @ApiOperation({ summary: 'Approve a target' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: TargetResponse })
  approve(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) targetId: string,
    @Body() { comment, contentHash }: ApproveDto,
  ): Promise<TargetResponse> {
    return this.one(principal, call, { targetId, ...seen(contentHash) }, { verdict: 'approve', comment });
  }

  /** It stays held: an edit asks again, its deadline stands. */
  @Post('targets/:id/reject')
  @ApiOperation({ summary: 'Reject a target, saying why' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: TargetResponse })
  reject(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) targetId: string,
    @Body() { comment, contentHash }: RejectDto,
  ): Promise<TargetResponse> {
    return this.one(principal, call, { targetId, ...seen(contentHash) }, { verdict: 'reject', comment });
  }

  /** Also of every target that stands for it. */
  @Post('targets/:id/withdraw-approval')
  @ApiOperation({ summary: 'Take an approval back, before its call begins' })
  @HttpCode(200)
  @NeedsScope('posts:approve')
  @ApiOkResponse({ type: TargetResponse })
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) targetId: string,
    @Body() { comment }: CommentDto,
  ): Promise<TargetResponse> {
    return this.one(principal, call, { targetId }, { verdict: 'withdraw', comment });
  }

  private one(
    principal: Principal,
    call: IdempotencyCall,
    item: DecisionItem,
    { verdict, comment }: { readonly verdict: Verdict; readonly comment: string | undefined },
  ): Promise<TargetResponse> {
    return this.idempotency.run<TargetResponse>(principal, call, async (tx) =>
      toTargetResponse(await this.decide.one(decisionOf(principal, verdict, comment), item, tx)),
    );
  }
}

/** A verdict of who asks. */
export const decisionOf = ({ workspaceId, actor }: Principal, verdict: Verdict, comment: string | undefined) => ({
  workspaceId,
  actor,
  verdict,
  ...(comment === undefined ? {} : { comment }),
});

const seen = (contentHash: string | undefined) => (contentHash === undefined ? {} : { contentHash });

const commentMissing = () => {
  const message = 'Say what is to be changed: a rejection needs a comment.';
  return new DomainError('invalid', 'approval.comment_missing', message, {}, [
    { field: 'comment', rule: 'required', message },
  ]);
};
