import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { EventsQuery, EventPageDto } from './event.dto.js';
import { ReadEvents } from './read-events.js';
import { StreamEvents } from './stream-events.js';

const STREAM = 'text/event-stream';
const SCHEMA = {
  [STREAM]: { schema: { type: 'string' } },
  'application/json': { schema: { $ref: getSchemaPath(EventPageDto) } },
};

@Controller('v1/events')
@ApiTags('Events')
@ApiBearerAuth()
@ApiExtraModels(EventPageDto)
export class EventsController {
  constructor(
    private readonly pages: ReadEvents,
    private readonly streams: StreamEvents,
  ) {}

  /** Without an id a stream starts now, a page with the oldest event that is kept. */
  @Get()
  @ApiOperation({
    summary: 'Follow what happens: a stream of server-sent events, or with "Accept: application/json" a page',
  })
  @NeedsScope('posts:read')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this event.' })
  @ApiOkResponse({ content: SCHEMA, description: "Your workspace's events, and those of platforms." })
  async follow(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() { limit, after, cursor, types }: EventsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const from = after ?? cursor ?? (request.get('last-event-id') || undefined);
    const wanted = { workspaceId, types, from };
    if (request.accepts([STREAM, 'application/json']) === 'application/json')
      response.json(await this.pages.page(wanted, limit));
    else await this.streams.open(wanted, request, response);
  }
}
