import { pipeline } from 'node:stream/promises';
import { Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { decodeCursor, PageQuery, toPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import type { IdempotencyCall } from '../../workspaces/domain/idempotency-call.js';
import { IdempotentCall } from '../../workspaces/index.js';
import { MediaLibrary } from '../application/media-library.js';
import type { Media } from '../domain/media.js';
import { byteRange } from './byte-range.js';
import { MediaDto, MediaPageDto, toMediaDto, UploadMediaDto } from './dto/media.dto.js';
import { MediaUpload } from './media-upload.js';

@Controller('v1/media')
@ApiTags('Media')
@ApiBearerAuth()
export class MediaController {
  constructor(
    private readonly uploads: MediaUpload,
    private readonly library: MediaLibrary,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Upload a video' })
  @NeedsScope('media:write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadMediaDto })
  @ApiCreatedResponse({ type: MediaDto })
  @ApiOkResponse({ type: MediaDto, description: 'These bytes were here already; this is their media.' })
  async upload(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MediaDto> {
    const { media, isKnown } = await this.uploads.receive(request, principal, call);
    if (isKnown) response.status(200);
    return media;
  }

  @Get()
  @ApiOperation({ summary: 'List videos' })
  @NeedsScope('media:read')
  @ApiOkResponse({ type: MediaPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<MediaPageDto> {
    const place = { limit: query.limit + 1, after: decodeCursor(query.cursor) };
    const rows = await this.library.list(workspaceId, place);
    return toPage(rows, query.limit, ({ at, id }) => ({ at, id }), toMediaDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read what is known of a video' })
  @NeedsScope('media:read')
  @ApiOkResponse({ type: MediaDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<MediaDto> {
    return toMediaDto(await this.library.get(workspaceId, id));
  }

  @Get(':id/content')
  @ApiOperation({ summary: 'Download a video' })
  @NeedsScope('media:read')
  @ApiProduces('video/mp4')
  @ApiHeader({ name: 'Range', required: false, description: 'One range of bytes, for players that jump.' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Headers('range') range: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const media = await this.library.get(workspaceId, id);
    const part = byteRange(range, media.bytes);
    describeContent(media, response);
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
    const bytes = (await this.library.publishMedia(workspaceId, id)).open(start, end);
    // A player that jumps closes the connection in the middle of an answer; that is no fault.
    await pipeline(bytes, response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a video that no post uses' })
  @HttpCode(204)
  @NeedsScope('media:write')
  @ApiNoContentResponse({ description: 'The video and its bytes are gone.' })
  remove(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.library.remove(workspaceId, id, actor);
  }
}

/** Uploaded bytes are shown as a video and nothing else: never run, never guessed at. */
const describeContent = ({ mimeType, sha256 }: Media, response: Response): void => {
  response
    .setHeader('Content-Type', mimeType)
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Disposition', 'inline')
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('ETag', `"${sha256}"`)
    .setHeader('Cache-Control', 'private, max-age=86400, immutable');
};
