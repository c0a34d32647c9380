import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { ReadFeed } from '../../application/feed/read-feed.js';
import { hasAlready } from './has-already.js';

/** Where calendar programs read: open to whoever has the address, which is limited as public pages are. */
@Controller('calendar')
@ApiTags('Calendar')
export class PublicFeedController {
  constructor(private readonly feed: ReadFeed) {}

  @Get(':token')
  @ApiOperation({ summary: 'Read a calendar feed by its secret address' })
  @Public()
  @ApiParam({ name: 'token', type: String, description: 'With `.ics` at its end, as the address was answered.' })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiHeader({ name: 'If-Modified-Since', required: false, description: 'Not looked at beside If-None-Match.' })
  @ApiProduces('text/calendar')
  @ApiOkResponse({
    schema: { type: 'string' },
    description: 'RFC 5545; instants in UTC, the UID of a target for life.',
  })
  @ApiResponse({ status: 304, description: 'The reader has it already.' })
  async read(
    @Param('token') token: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Headers('if-modified-since') ifModifiedSince: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.feed.execute(token.replace(/\.ics$/, ''));
    if (!found) throw unknownAddress();
    const etag = `"${found.hash}"`;
    response
      .setHeader('ETag', etag)
      .setHeader('Last-Modified', found.changedAt.toUTCString())
      .setHeader('Cache-Control', 'private, no-cache')
      .setHeader('X-Robots-Tag', 'noindex')
      .setHeader('X-Content-Type-Options', 'nosniff');
    const isKnown = hasAlready({ ifNoneMatch, ifModifiedSince }, { etag, changedAt: found.changedAt });
    if (isKnown) response.status(304).end();
    else response.setHeader('Content-Type', 'text/calendar; charset=utf-8').send(found.text);
  }
}

const unknownAddress = (): DomainError =>
  new DomainError(
    'not_found',
    'calendar_feed.not_found',
    'No calendar lies at this address, or not any more. Ask its workspace for a new address.',
  );
