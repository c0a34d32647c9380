import { applyDecorators, Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { PublicAddresses } from '../../application/notices/public-addresses.js';
import { ReadPublicPage } from '../../application/notices/read-public-page.js';
import { LINKS_PAGE_SCRIPT, linksHtml, noticeHtml, PAGE_POLICY, unknownPageHtml } from './public-page.html.js';
import { PageShelf } from './page-shelf.js';

/** Browsers and caches may show a copy this old; when we are away, one of the last day is better than none. */
const CACHING = 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400';

const PublicPage = (summary: string, description: string) =>
  applyDecorators(
    Public(),
    ApiOperation({ summary }),
    ApiParam({ name: 'token', type: String }),
    ApiProduces('text/html'),
    ApiOkResponse({ schema: { type: 'string' }, description }),
    ApiResponse({ status: 304, description: 'The reader has it already.' }),
  );

/** Pages for everyone who got their address from us: no cookie, no counting, nothing of who looks. */
@Controller()
@ApiTags('Public pages')
export class PublicPagesController {
  constructor(
    private readonly read: ReadPublicPage,
    private readonly addresses: PublicAddresses,
    private readonly shelf: PageShelf,
  ) {}

  @Get('now/assets/page.js')
  @ApiOperation({ summary: 'Keeps the page of links up to date' })
  @Public()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiProduces('text/javascript')
  @ApiOkResponse({ schema: { type: 'string' } })
  script(): string {
    return LINKS_PAGE_SCRIPT;
  }

  @Get('now/:token')
  @PublicPage('Page that says where each video is now', 'Live links, newest first, whatever a platform does.')
  links(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.show(request, response, `now/${token}`, async () => {
      const page = await this.read.links(token);
      return page && linksHtml(page, (id) => this.addresses.noticeUrl(id));
    });
  }

  @Get('notices/:token')
  @PublicPage('A notice as it was sent', 'Its text, with nothing of any reader, and the links as they are now.')
  notice(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.show(request, response, `notices/${token}`, async () => {
      const page = await this.read.notice(token);
      return page && noticeHtml(page);
    });
  }

  private async show(
    request: Request,
    response: Response,
    name: string,
    make: () => Promise<string | undefined>,
  ): Promise<void> {
    const page = await this.shelf.take(name, make);
    response
      .type('text/html; charset=utf-8')
      .setHeader('Content-Security-Policy', PAGE_POLICY)
      .setHeader('X-Robots-Tag', 'noindex')
      .setHeader('Cache-Control', page ? CACHING : 'no-store');
    if (!page) return void response.status(404).send(unknownPageHtml());
    response.setHeader('ETag', page.etag);
    if (request.get('if-none-match') === page.etag) return void response.status(304).end();
    response.send(page.html);
  }
}
