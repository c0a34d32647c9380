import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { ReadViews } from '../application/read-views.js';
import { BestPostsDto, BestPostsQuery, toBestPostsDto, toViewsDto, ViewsDto, ViewsQuery } from './views.dto.js';

@Controller('v1/analytics')
@ApiTags('Analytics')
@ApiBearerAuth()
export class ViewsController {
  constructor(private readonly views: ReadViews) {}

  @Get('views')
  @ApiOperation({ summary: 'Views over time per platform, account or post, with the spans that cannot be believed' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ViewsDto })
  async overTime(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() { by, ...filter }: ViewsQuery,
  ): Promise<ViewsDto> {
    return toViewsDto(await this.views.overTime(workspaceId, filter, by), by);
  }

  @Get('best-posts')
  @ApiOperation({ summary: 'The posts with most views one day after publishing' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: BestPostsDto })
  async best(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() { limit, ...filter }: BestPostsQuery,
  ): Promise<BestPostsDto> {
    return toBestPostsDto(await this.views.best(workspaceId, filter, limit));
  }
}
