import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { ShortLinks } from '../../domain/links/links.port.js';
import { isShortCode, SHORT_PATH } from '../../domain/links/short-codes.js';

/** Where short links lead: only to what a member wrote into a caption. */
@Controller(SHORT_PATH)
@ApiTags('Links')
export class ShortLinksController {
  constructor(private readonly links: ShortLinks) {}

  @Get(':code')
  @ApiOperation({ summary: 'Follow a short link' })
  @Public()
  @ApiParam({ name: 'code', type: String })
  @ApiFoundResponse({ description: 'Where it leads.' })
  @ApiOkResponse({ schema: { type: 'string' }, description: 'Never; browsers follow the address.' })
  async follow(@Param('code') code: string, @Res() response: Response): Promise<void> {
    const isLook = response.req.method === 'HEAD';
    const url = isShortCode(code) ? await (isLook ? this.links.look(code) : this.links.visit(code)) : undefined;
    if (url === undefined) throw unknownLink();
    response
      .status(302)
      .setHeader('Location', url)
      .setHeader('Cache-Control', 'no-store')
      .setHeader('X-Robots-Tag', 'noindex')
      .end();
  }
}

const unknownLink = (): DomainError =>
  new DomainError('not_found', 'link.not_found', 'This short link leads nowhere. Check that it was copied whole.');
