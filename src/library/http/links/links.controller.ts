import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { LinkDesk } from '../../application/links/link-desk.js';
import {
  LinkSettingsRequest,
  LinkSettingsResponse,
  TargetLinksResponse,
  toLinkSettingsResponse,
  toShortLinkResponse,
} from './links.dto.js';

@Controller('v1')
@ApiTags('Links')
@ApiBearerAuth()
export class LinksController {
  constructor(private readonly desk: LinkDesk) {}

  @Get('links/settings')
  @ApiOperation({ summary: 'What becomes of links in captions' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: LinkSettingsResponse })
  async read(@CurrentPrincipal() { workspaceId }: Principal): Promise<LinkSettingsResponse> {
    return toLinkSettingsResponse(await this.desk.read(workspaceId));
  }

  /** Holds for targets that are planned or edited from now on; what is left out is off. */
  @Put('links/settings')
  @ApiOperation({ summary: 'Say what becomes of links in captions: parameters per platform, short links' })
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: LinkSettingsResponse })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Body() body: LinkSettingsRequest,
  ): Promise<LinkSettingsResponse> {
    return toLinkSettingsResponse(await this.desk.put(principal, body));
  }

  @Get('targets/:id/links')
  @ApiOperation({ summary: 'Short links of a target, with how often they were followed' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: TargetLinksResponse })
  async ofTarget(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<TargetLinksResponse> {
    return { items: (await this.desk.ofTarget(workspaceId, id)).map(toShortLinkResponse) };
  }
}
