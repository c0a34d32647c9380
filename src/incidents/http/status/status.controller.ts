import { createHash } from 'node:crypto';
import { applyDecorators, Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppConfig } from '../../../infra/config/app-config.js';
import { pagePolicy } from '../../../infra/http/page-frame.js';
import { Public } from '../../../infra/http/principal.js';
import { STATUS_SLUG_PATTERN } from '../../../workspaces/domain/workspace.js';
import { LastCopies, type TakenCopy } from '../../application/status/last-copies.js';
import { chooseLanguage, STATUS_LANGUAGES } from '../../domain/status/status-language.js';
import { statusUnknown } from '../../domain/status/status.errors.js';
import { statusFeed } from './status-feed.js';
import { awayStatusPage, colorsOf, statusPage, unknownStatusPage } from './status-page.js';
import { StatusDocumentDto, toStatusDocument } from './status.dto.js';

/** Browsers and caches may show a copy this old; when we are away, one of the last day is better than none. */
const CACHING = 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400';

const ofSlug = (summary: string) =>
  applyDecorators(
    Public(),
    ApiOperation({ summary }),
    ApiParam({ name: 'slug', type: String, example: 'studio-nord', description: 'As chosen in the workspace.' }),
    ApiResponse({ status: 304, description: 'The reader has it already.' }),
  );
const inLanguage = () => ApiQuery({ name: 'lang', required: false, enum: STATUS_LANGUAGES });

/** For a workspace's audience, from everyone's copy: no cookie, no counting, nothing of who looks. */
@Controller('status')
@ApiTags('Public pages')
export class StatusController {
  constructor(
    private readonly copies: LastCopies,
    private readonly config: AppConfig,
  ) {}

  @Get(':slug')
  @ofSlug('Public status page of a workspace: where its videos are now, how platforms do, what happened')
  @inLanguage()
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async page(
    @Param('slug') slug: string,
    @Query('lang') lang: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const language = languageOf(request, lang);
    response.type('text/html; charset=utf-8').vary('Accept-Language').setHeader('X-Robots-Tag', 'noindex');
    const taken = await this.take(slug).catch(() => 'away' as const);
    if (taken === 'away' || taken === undefined) {
      response.setHeader('Content-Security-Policy', pagePolicy()).setHeader('Cache-Control', 'no-store');
      const isAway = taken === 'away';
      if (isAway) response.setHeader('Retry-After', '60');
      return void response
        .status(isAway ? 503 : 404)
        .send(isAway ? awayStatusPage(language) : unknownStatusPage(language));
    }
    response.setHeader('Content-Security-Policy', pagePolicy({ colors: colorsOf(taken.snapshot), forms: true }));
    send(request, response, statusPage({ ...taken, language }));
  }

  /** One entry per incident, new again with each update. */
  @Get(':slug/feed.xml')
  @ofSlug('Incidents of a status page as an Atom feed')
  @inLanguage()
  @ApiProduces('application/atom+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async feed(
    @Param('slug') slug: string,
    @Query('lang') lang: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { snapshot } = await this.takeOrRefuse(slug);
    const pageUrl = `${this.config.publicUrl}/status/${snapshot.slug}`;
    response.type('application/atom+xml; charset=utf-8').vary('Accept-Language');
    send(request, response, statusFeed(snapshot, languageOf(request, lang), pageUrl));
  }

  /** May be read from pages of any site. */
  @Get(':slug/status.json')
  @ofSlug('A status page for programs')
  @ApiOkResponse({ type: StatusDocumentDto })
  async document(@Param('slug') slug: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const document = toStatusDocument(await this.takeOrRefuse(slug));
    response.type('application/json').setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    send(request, response, JSON.stringify(document));
  }

  private async take(slug: string): Promise<TakenCopy | undefined> {
    return STATUS_SLUG_PATTERN.test(slug) ? this.copies.take(slug) : undefined;
  }

  /** @throws DomainError `status_page.not_found`, `status_page.unavailable` */
  private async takeOrRefuse(slug: string): Promise<TakenCopy> {
    const taken = await this.take(slug);
    if (!taken) throw statusUnknown();
    return taken;
  }
}

const languageOf = (request: Request, lang: unknown) =>
  chooseLanguage(typeof lang === 'string' ? lang : undefined, request.get('accept-language'));

const send = (request: Request, response: Response, text: string): void => {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  response.setHeader('Cache-Control', CACHING).setHeader('ETag', etag);
  if (request.get('if-none-match') === etag) return void response.status(304).end();
  response.send(text);
};
