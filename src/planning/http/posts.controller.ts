import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { etagOf } from '../../infra/http/etag.js';
import { decodeCursor, encodeCursor, toPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { CreatePost } from '../application/create-post.js';
import { ReadPosts } from '../application/read-posts.js';
import { ReviewPost } from '../application/review-post.js';
import { ListPostsQuery, toPostFilter } from './dto/list-posts.query.dto.js';
import { CreatePostDto, toPostRequest } from './dto/post.request.dto.js';
import { PostDto, PostPageDto, toPostDto, toValidationDto, ValidationDto } from './dto/post.response.dto.js';

@Controller('v1/posts')
@ApiTags('Posts')
@ApiBearerAuth()
export class PostsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly creation: CreatePost,
    private readonly review: ReviewPost,
    private readonly posts: ReadPosts,
  ) {}

  /** With targets the post is scheduled; without, it is a draft. */
  @Post()
  @ApiOperation({ summary: 'Create a post; with targets it is scheduled' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: PostDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreatePostDto,
  ): Promise<PostDto> {
    return this.idempotency.run<PostDto>(principal, call, async (tx) =>
      toPostDto(await this.creation.execute(principal, toPostRequest(body), tx)),
    );
  }

  /** Says what POST /v1/posts would say to the same body, and stores nothing. */
  @Post('validate')
  @ApiOperation({ summary: 'Check a post without storing it' })
  @HttpCode(200)
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ValidationDto })
  async validate(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreatePostDto): Promise<ValidationDto> {
    return toValidationDto(await this.review.execute(workspaceId, toPostRequest(body)));
  }

  @Get()
  @ApiOperation({ summary: 'List posts' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PostPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: ListPostsQuery): Promise<PostPageDto> {
    const place = { limit: query.limit + 1, after: decodeCursor(query.cursor) };
    const { views, resumeAfter } = await this.posts.list(workspaceId, toPostFilter(query), place);
    const page = toPage(views, query.limit, ({ at, post }) => ({ at, id: post.id }), toPostDto);
    return resumeAfter && !page.nextCursor ? { ...page, nextCursor: encodeCursor(resumeAfter) } : page;
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a post with its targets' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PostDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostDto> {
    const view = await this.posts.get(workspaceId, id);
    // The tag names the post's version for If-Match; targets move without it, so nobody may keep a copy.
    response.setHeader('ETag', etagOf(view.post.version)).setHeader('Cache-Control', 'no-store');
    return toPostDto(view);
  }
}
