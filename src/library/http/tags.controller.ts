import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { Tags } from '../domain/tags.port.js';
import { tagBehind, TagPageDto, toTagPage } from './dto/tag.dto.js';

@Controller('v1/tags')
@ApiTags('Tags')
@ApiBearerAuth()
export class TagsController {
  constructor(private readonly tags: Tags) {}

  @Get()
  @ApiOperation({ summary: 'List the tags of posts, with how many carry each' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: TagPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<TagPageDto> {
    const rows = await this.tags.list(workspaceId, query.limit + 1, tagBehind(query.cursor));
    return toTagPage(rows, query.limit);
  }
}
