import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../infra/http/principal.js';
import { ReadHostedMedia } from '../application/read-hosted-media.js';
import { HOSTED_PATH } from '../domain/hosted-links.js';
import { MediaStorage } from '../domain/media-storage.port.js';
import { sendContent } from './send-content.js';

type HostedPath = Readonly<Record<'workspaceId' | 'mediaId' | 'expires' | 'name', string>>;

/** Where platforms fetch videos: open to whoever holds a signed address. */
@Controller(HOSTED_PATH)
@ApiTags('Media')
export class HostedMediaController {
  constructor(
    private readonly hosted: ReadHostedMedia,
    private readonly storage: MediaStorage,
  ) {}

  @Get(':workspaceId/:mediaId/:expires/:name')
  @ApiOperation({ summary: 'Fetch a video by its signed address, as platforms do' })
  @Public()
  @ApiParam({ name: 'workspaceId', type: String })
  @ApiParam({ name: 'mediaId', type: String })
  @ApiParam({ name: 'expires', description: 'Unix time in seconds.', type: String })
  @ApiParam({ name: 'name', description: 'Signature and file ending.', type: String })
  @ApiHeader({ name: 'Range', required: false, description: 'One range of bytes.' })
  @ApiProduces('video/mp4')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async fetch(
    @Param() { workspaceId, mediaId, expires, name }: HostedPath,
    @Headers('range') range: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    // Whatever the parts are, only those we signed get any further.
    const media = await this.hosted.execute({ workspaceId, mediaId, expiresSeconds: Number(expires) }, name);
    const open = (start: number, end: number) => this.storage.open(media.storageKey, start, end);
    await sendContent({ media, range, response, open });
  }
}
