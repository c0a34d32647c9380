import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { ReceiveNotices } from '../../application/notices/receive-notices.js';
import { HookResponse } from './hook.dto.js';

/** Where platforms call us; what they say is proven by their signature, not by a key. */
@Controller('v1/hooks')
@ApiTags('Hooks')
export class HooksController {
  constructor(private readonly receive: ReceiveNotices) {}

  /** Kept by its content and applied once, however often TikTok repeats it: no `Idempotency-Key` is needed. */
  @Post('tiktok')
  @ApiOperation({ summary: 'Take an event from TikTok' })
  @HttpCode(200)
  @Public()
  @ApiHeader({
    name: 'TikTok-Signature',
    description: '`t=<unix seconds>,s=<hex HMAC-SHA256 of t.body>`',
    required: true,
  })
  @ApiBody({ schema: { type: 'object', description: 'The event as TikTok documents it; unknown events are ignored.' } })
  @ApiOkResponse({ type: HookResponse })
  @ApiUnauthorizedResponse({ description: '`hook.bad_signature`: the signature does not hold, or is too old.' })
  async tiktok(@Req() request: RawBodyRequest<Request>): Promise<HookResponse> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    await this.receive.execute({ platform: 'tiktok', rawBody: request.rawBody ?? Buffer.alloc(0), headers });
    return { received: true };
  }
}
