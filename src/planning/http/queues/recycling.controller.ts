import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { RecyclingDesk } from '../../application/queues/recycling-desk.js';
import { VariationDesk } from '../../application/queues/variation-desk.js';
import {
  CategoryRecyclingDto,
  PostRecyclingDto,
  RecyclingDto,
  toPostRecyclingDto,
  toRecyclingChange,
  toVariationsDto,
  toWishes,
  VariationsDto,
  VariationsRequestDto,
} from './recycling.dto.js';

@Controller('v1')
@ApiTags('Recycling')
@ApiBearerAuth()
export class RecyclingController {
  constructor(
    private readonly desk: RecyclingDesk,
    private readonly variations: VariationDesk,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get('posts/:id/recycling')
  @ApiOperation({ summary: 'How does this post return?' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PostRecyclingDto })
  async read(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostRecyclingDto> {
    return toPostRecyclingDto(await this.desk.read(workspaceId, id));
  }

  /** Holds for what is planned from now on; `POST /v1/queues/{id}/plan` with `anew` asks again about what is planned. */
  @Patch('posts/:id/recycling')
  @ApiOperation({ summary: 'Change how a post returns' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PostRecyclingDto })
  change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Body() body: RecyclingDto,
  ): Promise<PostRecyclingDto> {
    const ref = { workspaceId, postId, actor };
    return this.unitOfWork.run(async (tx) =>
      toPostRecyclingDto(await this.desk.change(ref, toRecyclingChange(body), tx)),
    );
  }

  @Get('posts/:id/variations')
  @ApiOperation({ summary: 'List the other wordings of a post' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: VariationsDto })
  async listVariations(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<VariationsDto> {
    return toVariationsDto(await this.variations.read(workspaceId, id));
  }

  /** Rotated over its runs, never the same twice running. Runs that are planned keep the words they have. */
  @Put('posts/:id/variations')
  @ApiOperation({ summary: 'Replace the other wordings of a post' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: VariationsDto })
  replaceVariations(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Body() body: VariationsRequestDto,
  ): Promise<VariationsDto> {
    const ref = { workspaceId, postId, actor };
    return this.unitOfWork.run(async (tx) => toVariationsDto(await this.variations.replace(ref, toWishes(body), tx)));
  }

  /** A category is a tag. */
  @Get('categories/:category/recycling')
  @ApiOperation({ summary: 'How do the posts of a category return?' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: CategoryRecyclingDto })
  async readCategory(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('category') category: string,
  ): Promise<CategoryRecyclingDto> {
    return { category, recycling: { ...(await this.desk.ofCategory(workspaceId, category)) } };
  }

  /** What a post says of itself goes before. */
  @Patch('categories/:category/recycling')
  @ApiOperation({ summary: 'Change how the posts of a category return' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: CategoryRecyclingDto })
  changeCategory(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('category') category: string,
    @Body() body: RecyclingDto,
  ): Promise<CategoryRecyclingDto> {
    const ref = { workspaceId, actor, category };
    return this.unitOfWork.run(async (tx) => ({
      category,
      recycling: { ...(await this.desk.changeCategory(ref, toRecyclingChange(body), tx)) },
    }));
  }
}
