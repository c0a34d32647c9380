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
import { PageQuery, readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import type { IdempotencyCall } from '../../workspaces/domain/idempotency-call.js';
import { IdempotentCall } from '../../workspaces/index.js';
import { MediaLibrary } from '../application/media-library.js';
import { MediaDto, MediaPageDto, toMediaDto, UploadMediaDto } from './dto/media.dto.js';
import { MediaUpload } from './media-upload.js';
import { sendContent } from './send-content.js';

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
    return readPage(query, (place) => this.library.list(workspaceId, place), toMediaDto);
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
    const video = await this.library.publishMedia(workspaceId, id);
    await sendContent({ media, range, response, open: (start, end) => video.open(start, end) });
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
