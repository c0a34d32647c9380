import { createHash } from 'node:crypto';
import { Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import type { IdempotencyCall } from '../../workspaces/domain/idempotency-call.js';
import { Idempotency, IdempotentCall } from '../../workspaces/index.js';
import { ListRenditions } from '../application/list-renditions.js';
import { ReadThumbnail } from '../application/read-thumbnail.js';
import { RequestRendition } from '../application/request-rendition.js';
import { RenditionDto, RenditionListDto, toRenditionDto } from './dto/rendition.dto.js';

@Controller('v1/media')
@ApiTags('Media')
@ApiBearerAuth()
export class RenditionsController {
  constructor(
    private readonly request: RequestRendition,
    private readonly renditions: ListRenditions,
    private readonly thumbnails: ReadThumbnail,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Orders one render that fits every platform: MP4, H.264, 1080x1920 with bars where needed, 30 frames per second, AAC.
   * Posts use it wherever the original breaks a rule of a platform's. One that is under way or done is answered again.
   */
  @Post(':id/renditions')
  @ApiOperation({ summary: 'Make the rendition of a video that fits every platform' })
  @HttpCode(202)
  @NeedsScope('media:write')
  @ApiAcceptedResponse({ type: RenditionDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) mediaId: string,
  ): Promise<RenditionDto> {
    const { workspaceId } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toRenditionDto(await this.request.execute({ workspaceId, mediaId }, tx)),
    );
  }

  @Get(':id/renditions')
  @ApiOperation({ summary: 'List the renditions of a video with their progress' })
  @NeedsScope('media:read')
  @ApiOkResponse({ type: RenditionListDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) mediaId: string,
  ): Promise<RenditionListDto> {
    return { items: (await this.renditions.execute(workspaceId, mediaId)).map(toRenditionDto) };
  }

  /** One picture at 1 s, 540 pixels wide; made when it is first asked for. */
  @Get(':id/thumbnail')
  @ApiOperation({ summary: 'Read a small picture of a video' })
  @NeedsScope('media:read')
  @ApiProduces('image/jpeg')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'There is none; `detail` says why.' })
  async thumbnail(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) mediaId: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const jpeg = await this.thumbnails.execute(workspaceId, mediaId);
    const etag = `"${createHash('sha256').update(jpeg).digest('base64url')}"`;
    response
      .setHeader('ETag', etag)
      .setHeader('Cache-Control', 'private, max-age=86400, immutable')
      .setHeader('X-Content-Type-Options', 'nosniff');
    if (isKnown(ifNoneMatch, etag)) response.status(304).end();
    else response.type('image/jpeg').send(jpeg);
  }
}

/** Whether the reader has it already (RFC 9110, section 13.1.2). */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((known) => [etag, '*'].includes(known.trim().replace(/^W\//, '')));
