import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { HashtagDesk } from '../application/hashtag-desk.js';
import { HashtagSets } from '../domain/hashtag-sets.port.js';
import {
  CreateHashtagSetDto,
  HashtagSetDto,
  HashtagSetPageDto,
  toHashtagSetDto,
  UpdateHashtagSetDto,
} from './dto/hashtag-set.dto.js';

/** Hashtags to be appended to the captions of posts by `hashtagSetIds`. */
@Controller('v1/hashtag-sets')
@ApiTags('Hashtag sets')
@ApiBearerAuth()
export class HashtagSetsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: HashtagDesk,
    private readonly sets: HashtagSets,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Create a hashtag set' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: HashtagSetDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() words: CreateHashtagSetDto,
  ): Promise<HashtagSetDto> {
    return this.idempotency.run<HashtagSetDto>(principal, call, async (tx) =>
      toHashtagSetDto(await this.desk.create(principal.workspaceId, words, tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List hashtag sets' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: HashtagSetPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<HashtagSetPageDto> {
    return readPage(query, (place) => this.sets.list(workspaceId, place), toHashtagSetDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one hashtag set' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: HashtagSetDto })
  async read(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<HashtagSetDto> {
    return toHashtagSetDto(await this.desk.get(workspaceId, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a hashtag set; posts that used it stay as they are' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: HashtagSetDto })
  async change(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { name, hashtags }: UpdateHashtagSetDto,
  ): Promise<HashtagSetDto> {
    const change = { ...(name === undefined ? {} : { name }), ...(hashtags === undefined ? {} : { hashtags }) };
    return toHashtagSetDto(await this.unitOfWork.run((tx) => this.desk.change({ workspaceId, id }, change, tx)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a hashtag set' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiNoContentResponse({ description: 'Posts that used it stay as they are.' })
  remove(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove(workspaceId, id, tx));
  }
}
