import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { BulkFacts } from '../../application/bulk/bulk-facts.js';
import { CreatePosts, type PostVerdict } from '../../application/bulk/create-posts.js';
import { ReviewPosts } from '../../application/bulk/review-posts.js';
import { SwitchPosts } from '../../application/bulk/switch-posts.js';
import type { PostSwitch } from '../../application/stop-post.js';
import { PausePostsDto } from '../dto/pause.request.dto.js';
import { SwitchedPostsDto, SwitchPostsDto, toPostChoice } from './batch.dto.js';
import {
  assertAllGood,
  type BulkItem,
  BulkPostsDto,
  BulkPostsResponse,
  readBulkItems,
  toBulkResponse,
} from './bulk-posts.dto.js';

@Controller('v1/posts')
@ApiTags('Posts')
@ApiBearerAuth()
export class BulkPostsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly creation: CreatePosts,
    private readonly review: ReviewPosts,
    private readonly facts: BulkFacts,
    private readonly switches: SwitchPosts,
  ) {}

  /** A verdict per post; bad ones do not stop good ones unless `mode` is `all`. */
  @Post('bulk')
  @ApiOperation({ summary: 'Create up to a thousand posts' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: BulkPostsResponse })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { posts, mode, dryRun }: BulkPostsDto,
  ): Promise<BulkPostsResponse> {
    const items = await readBulkItems(posts);
    if (dryRun) return toBulkResponse(items, await this.judge(principal, items));
    return this.idempotency.run<BulkPostsResponse>(principal, call, async (tx) => {
      const isAllOrNothing = mode === 'all';
      if (isAllOrNothing && items.some((item) => 'errors' in item))
        assertAllGood(toBulkResponse(items, await this.judge(principal, items, tx)));
      const requests = requestsOf(items);
      const facts = await this.facts.read(principal.workspaceId, tx);
      const answer = toBulkResponse(
        items,
        await this.creation.execute(principal, { requests, facts, isAllOrNothing }, tx),
      );
      if (isAllOrNothing) assertAllGood(answer);
      return answer;
    });
  }

  /** No new runs, and nothing of them that waits goes out, until they are resumed. */
  @Post('pause')
  @ApiOperation({ summary: 'Pause many posts' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: SwitchedPostsDto })
  async pause(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: PausePostsDto,
  ): Promise<SwitchedPostsDto> {
    const answer = await this.switch(principal, call, { body, paused: true, reason: body.reason });
    if (!body.dryRun) await this.switches.latecomers(principal, answer.postIds);
    return answer;
  }

  @Post('resume')
  @ApiOperation({ summary: 'Resume many posts, and let go what was held' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: SwitchedPostsDto })
  resume(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: SwitchPostsDto,
  ): Promise<SwitchedPostsDto> {
    return this.switch(principal, call, { body, paused: false });
  }

  private switch(
    principal: Principal,
    call: IdempotencyCall,
    { body, ...how }: PostSwitch & { readonly body: SwitchPostsDto },
  ): Promise<SwitchedPostsDto> {
    const wish = { choice: toPostChoice(body), ...how, isDryRun: body.dryRun };
    return this.idempotency.run<SwitchedPostsDto>(principal, call, async (tx) => ({
      ...(await this.switches.execute(principal, wish, tx)),
      dryRun: body.dryRun,
    }));
  }

  private async judge({ workspaceId }: Principal, items: readonly BulkItem[], tx?: Tx): Promise<PostVerdict[]> {
    const facts = await this.facts.read(workspaceId, tx);
    return this.review.execute(workspaceId, requestsOf(items), facts, tx);
  }
}

const requestsOf = (items: readonly BulkItem[]) => items.flatMap((item) => ('request' in item ? [item.request] : []));
