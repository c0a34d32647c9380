import { Controller, Delete, Get, Head, HttpCode, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExcludeEndpoint,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal, Public } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { UploadDesk } from '../application/upload-desk.js';
import { toUploadDto, UploadDto } from './dto/upload.dto.js';
import { MEDIA_ID_HEADER, TusEdge } from './tus-edge.js';

const tusHeader = (name: string, description: string) => ApiHeader({ name, required: true, description });
const TusVersion = () => tusHeader('Tus-Resumable', '`1.0.0`; any tus client (tus.io) sends it.');
const BYTES = 'application/offset+octet-stream';

/** Resumable uploads by the tus protocol 1.0.0. */
@Controller('v1/uploads')
@ApiTags('Media')
@ApiBearerAuth()
export class UploadsController {
  constructor(
    private readonly tus: TusEdge,
    private readonly desk: UploadDesk,
  ) {}

  @Options()
  @Public()
  @ApiExcludeEndpoint()
  async options(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.tus.handle(request, response, { workspaceId: '' });
  }

  @Post()
  @ApiOperation({ summary: 'Begin a resumable upload (tus)' })
  @NeedsScope('media:write')
  @TusVersion()
  @tusHeader('Upload-Length', 'Size of the whole file, bytes; at most MEDIA_MAX_BYTES.')
  @ApiHeader({ name: 'Upload-Metadata', required: false, description: '`filename <base64>`' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key again answers the same upload.' })
  @ApiCreatedResponse({ type: UploadDto, description: 'Location says where to send the bytes.' })
  async begin(
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadDto> {
    await this.tus.handle(request, response, principal);
    const id = String(response.getHeader('Location')).split('/').at(-1) ?? '';
    return toUploadDto(await this.desk.get(principal.workspaceId, id));
  }

  @Head(':id')
  @ApiOperation({ summary: 'Ask where a resumable upload stands (tus)' })
  @NeedsScope('media:write')
  @TusVersion()
  @ApiOkResponse({ schema: { type: 'string', maxLength: 0 }, description: 'Upload-Offset is the next byte we want.' })
  async stand(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { mediaId } = await this.desk.settle(principal.workspaceId, id);
    if (mediaId !== undefined) response.setHeader(MEDIA_ID_HEADER, mediaId);
    await this.tus.handle(request, response, principal);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read what became of a resumable upload' })
  @NeedsScope('media:read')
  @ApiOkResponse({ type: UploadDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<UploadDto> {
    return toUploadDto(await this.desk.get(workspaceId, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Send bytes of a resumable upload (tus)' })
  @NeedsScope('media:write')
  @TusVersion()
  @tusHeader('Upload-Offset', 'The first byte of this request, counted from 0.')
  @ApiConsumes(BYTES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiNoContentResponse({ description: 'Upload-Offset says what is stored; with the last byte, Media-Id the media.' })
  async append(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) _id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.tus.handle(request, response, principal);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Give up a resumable upload (tus)' })
  @HttpCode(204)
  @NeedsScope('media:write')
  @TusVersion()
  @ApiNoContentResponse({ description: 'Its bytes are gone. A media it became stays.' })
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) _id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.tus.handle(request, response, principal);
  }
}
