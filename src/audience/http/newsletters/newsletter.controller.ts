import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { assertPublicUrl } from '../../../infra/fetch/guarded-dispatcher.js';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { HandToNewsletter } from '../../application/newsletters/hand-to-newsletter.js';
import { NewsletterDesk } from '../../application/newsletters/newsletter-desk.js';
import { type Newsletter, noNewsletter } from '../../domain/newsletters/newsletter.js';
import { Newsletters } from '../../domain/newsletters/newsletters.port.js';
import { NewsletterDoor } from '../../newsletter-door.js';
import {
  HandedOverResponse,
  HandOverDto,
  NewsletterDto,
  NewsletterListsResponse,
  NewsletterResponse,
  toNewsletterResponse,
} from './newsletter.dto.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' };

/** For workspaces that run listmonk already: broadcasts become campaigns there. */
@Controller('v1')
@ApiTags('Audience')
@ApiBearerAuth()
export class NewsletterController {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly desk: NewsletterDesk,
    private readonly hand: HandToNewsletter,
    private readonly unitOfWork: UnitOfWork,
    private readonly door: NewsletterDoor,
  ) {}

  @Get('newsletter')
  @ApiOperation({ summary: 'Read which listmonk is connected' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: NewsletterResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewsletterResponse> {
    const found = await this.newsletters.of(workspaceId);
    if (!found) throw noNewsletter();
    return tagged(found, response);
  }

  @Put('newsletter')
  @ApiOperation({ summary: 'Connect your listmonk' })
  @NeedsScope('audience:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: NewsletterResponse })
  async replace(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { url, username, token, listIds }: NewsletterDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewsletterResponse> {
    const { href } = assertPublicUrl(url, this.door.policy);
    const expected = expectedVersion(ifMatch);
    const assertFresh = (version: number) => assertVersion('newsletter', expected, version);
    const input = { url: href.replace(/\/+$/, ''), username, listIds, ...(token === undefined ? {} : { token }) };
    return tagged(
      await this.unitOfWork.run((tx) => this.desk.replace({ workspaceId, actor, assertFresh }, input, tx)),
      response,
    );
  }

  @Delete('newsletter')
  @ApiOperation({ summary: 'Disconnect listmonk' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse({ description: 'Its token is erased. Campaigns over there stay.' })
  remove(@CurrentPrincipal() { workspaceId, actor }: Principal): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove({ workspaceId, actor }, tx));
  }

  @Get('newsletter/lists')
  @ApiOperation({ summary: 'List the lists of the connected listmonk' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: NewsletterListsResponse })
  async lists(@CurrentPrincipal() { workspaceId }: Principal): Promise<NewsletterListsResponse> {
    return { items: await this.desk.lists(workspaceId) };
  }

  /** Asked again it answers the same campaign: the broadcast itself is the key. */
  @Post('broadcasts/:id/newsletter')
  @ApiOperation({ summary: 'Hand a broadcast to your listmonk as a campaign' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: HandedOverResponse })
  async handOver(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { start }: HandOverDto,
  ): Promise<HandedOverResponse> {
    return { campaignId: await this.hand.execute(workspaceId, id, start ?? false) };
  }
}

const tagged = (newsletter: Newsletter, response: Response): NewsletterResponse => {
  response.setHeader('ETag', etagOf(newsletter.version));
  return toNewsletterResponse(newsletter);
};
