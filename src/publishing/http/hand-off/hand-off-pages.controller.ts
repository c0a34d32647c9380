import { pipeline } from 'node:stream/promises';
import { applyDecorators, Body, Controller, Get, Header, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { statusOf } from '../../../infra/http/problem.filter.js';
import { Public } from '../../../infra/http/principal.js';
import { DomainError, notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { byteRange } from '../../../library/index.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { HandOffLinks } from '../../application/hand-off/hand-off-links.js';
import { HandOffVideo } from '../../application/hand-off/hand-off-video.js';
import { type HandOffEnd, SettleHandOff } from '../../application/hand-off/settle-hand-off.js';
import { type HandOff, HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import { readLink } from '../../domain/hand-off/share-link.js';
import { handOffPage, PAGE_SCRIPT, UNKNOWN_LINK } from './hand-off-page.js';

const NO_HTTPS = 'That is no link with https://. Copy the whole address of the post, or leave the field empty.';

/** What every page of a hand-off has in common: open to whoever has its link, HTML, never cached. */
const TokenPage = (description: string) =>
  applyDecorators(
    Public(),
    Header('Content-Type', 'text/html; charset=utf-8'),
    Header('Cache-Control', 'no-store'),
    ApiProduces('text/html'),
    ApiParam({ name: 'token', type: String }),
    ApiOkResponse({ schema: { type: 'string' }, description }),
  );

/** What a person sees who posts by hand. Looking changes nothing but "opened", since mail scanners look too. */
@Controller('handoff')
@ApiTags('Hand-offs')
export class HandOffPagesController {
  constructor(
    private readonly links: HandOffLinks,
    private readonly handOffs: HandOffs,
    private readonly settle: SettleHandOff,
    private readonly videos: HandOffVideo,
    private readonly platforms: PlatformRegistry,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get('assets/page.js')
  @ApiOperation({ summary: 'Copying and sharing on a hand-off page' })
  @Public()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiProduces('text/javascript')
  @ApiOkResponse({ schema: { type: 'string' } })
  script(): string {
    return PAGE_SCRIPT;
  }

  @Get(':token')
  @ApiOperation({ summary: 'Page of a hand-off: video, caption, and what became of it' })
  @TokenPage('What is to be posted. Nothing is confirmed by looking.')
  async page(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    const handOff = await this.links.behind(token);
    if (!handOff) return unknownLink(response);
    await this.handOffs.markOpened(handOff.id);
    return this.show(handOff, token, { base: '' });
  }

  @Get(':token/media')
  @ApiOperation({ summary: 'The video of a hand-off' })
  @Public()
  @ApiParam({ name: 'token', type: String })
  @ApiProduces('video/mp4')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async media(
    @Param('token') token: string,
    @Headers('range') range: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const handOff = await this.links.behind(token);
    if (!handOff) throw notFound('handoff', 'of this link');
    const media = await this.videos.of(handOff);
    const part = byteRange(range, media.bytes);
    describeVideo(response, media.mimeType);
    if (part === 'unsatisfiable') {
      response.status(416).setHeader('Content-Range', `bytes */${media.bytes}`).end();
      return;
    }
    const { start, end } = part ?? { start: 0, end: media.bytes - 1 };
    if (part) response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${media.bytes}`);
    response.setHeader('Content-Length', end - start + 1);
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    // A phone that goes out of reach closes the connection in the middle; that is no fault.
    await pipeline(media.open(start, end), response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }

  @Post(':token/confirm')
  @ApiOperation({ summary: 'Say that it was posted' })
  @HttpCode(200)
  @TokenPage('It counts as posted.')
  async confirm(
    @Param('token') token: string,
    @Body() body: Readonly<Record<string, unknown>> | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const given = readLink(body?.['link']);
    if (given.kind === 'refused') return this.askAgain(token, response);
    const link = given.kind === 'link' ? { link: given.link } : {};
    return this.end(token, { event: 'confirm', by: 'page', ...link }, response);
  }

  @Post(':token/skip')
  @ApiOperation({ summary: 'Say that it will not be posted' })
  @HttpCode(200)
  @TokenPage('It counts as not posted.')
  skip(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    return this.end(token, { event: 'skip', by: 'page' }, response);
  }

  private async end(token: string, end: HandOffEnd, response: Response): Promise<string> {
    const handOff = await this.links.behind(token);
    if (!handOff) return unknownLink(response);
    try {
      const ended = await this.unitOfWork.run((tx) => this.settle.execute(handOff.id, end, tx));
      return this.show(ended, token, { base: '../' });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      response.status(statusOf(error));
      const current = (await this.handOffs.get(handOff.id)) ?? handOff;
      return this.show(current, token, { base: '../', warning: error.message });
    }
  }

  private async askAgain(token: string, response: Response): Promise<string> {
    const handOff = await this.links.behind(token);
    if (!handOff) return unknownLink(response);
    response.status(400);
    return this.show(handOff, token, { base: '../', warning: NO_HTTPS });
  }

  private show(handOff: HandOff, token: string, how: { base: '' | '../'; warning?: string }): string {
    const platformName = this.platforms.get(handOff.platform).capabilities().displayName;
    return handOffPage({
      handOff,
      token,
      platformName,
      fileName: `${handOff.platform}-${handOff.id.slice(-8)}.mp4`,
      ...how,
    });
  }
}

const unknownLink = (response: Response): string => {
  response.status(404);
  return UNKNOWN_LINK;
};

/** Uploaded bytes are shown as a video and nothing else: never run, never guessed at. */
const describeVideo = (response: Response, mimeType: string): void => {
  response
    .setHeader('Content-Type', mimeType)
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Disposition', 'inline')
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('Cache-Control', 'private, no-store');
};
