import { applyDecorators, Body, Controller, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiParam, ApiProduces, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { ChangeSubscription, type LinkResult } from '../../application/lists/change-subscription.js';
import type { Stranger } from '../../application/lists/sign-up-gate.js';
import { SubscribePublicly } from '../../application/lists/subscribe-publicly.js';
import type { Visitor } from '../../domain/lists/consent.js';
import { SubscribeDto } from './subscriber.dto.js';
import { SubscribeResponse } from './subscriber.response.dto.js';
import * as pages from './subscription-pages.js';
import { PAGE_POLICY } from './page.js';
import { CurrentStranger } from './stranger.js';
import { CurrentVisitor } from './visitor.js';

const HTML = 'text/html; charset=utf-8';
const PAGE = { type: 'string' };

/** What every page behind a mailed link has in common: open to its holder, HTML, never cached. */
const TokenPage = (description: string) =>
  applyDecorators(
    Public(),
    Header('Content-Type', HTML),
    Header('Content-Security-Policy', PAGE_POLICY),
    Header('Cache-Control', 'no-store'),
    ApiProduces('text/html'),
    ApiParam({ name: 'token', type: String }),
    ApiOkResponse({ schema: PAGE, description }),
  );

/** What people do without an account: sign up, confirm, leave. Reading a link changes nothing, since scanners do it. */
@Controller()
@ApiTags('Subscription')
export class SubscriptionsController {
  constructor(
    private readonly subscribePublicly: SubscribePublicly,
    private readonly change: ChangeSubscription,
  ) {}

  @Post('v1/public/workspaces/:workspaceId/subscribe')
  @ApiOperation({ summary: 'Sign up; a confirmation is mailed' })
  @HttpCode(202)
  @Public()
  @ApiAcceptedResponse({ type: SubscribeResponse, description: 'The same answer whatever we know of the address.' })
  async subscribe(
    @Param('workspaceId', UuidPipe) workspaceId: string,
    @CurrentStranger() stranger: Stranger,
    @Body() body: SubscribeDto,
  ): Promise<SubscribeResponse> {
    await this.subscribePublicly.execute(workspaceId, body, stranger);
    return { status: 'accepted', message: 'If this address can get our mail, a confirmation is on its way to it.' };
  }

  @Get('confirm/:token')
  @ApiOperation({ summary: 'Page that asks to confirm' })
  @TokenPage('A page with one button. Nothing changes yet.')
  confirmPage(): string {
    return pages.CONFIRM_QUESTION;
  }

  @Post('confirm/:token')
  @ApiOperation({ summary: 'Confirm a subscription' })
  @HttpCode(200)
  @TokenPage('Confirmed.')
  async confirm(
    @Param('token') token: string,
    @CurrentVisitor() visitor: Visitor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return answer(response, await this.change.confirm(token, visitor), pages.CONFIRM_DONE);
  }

  @Get('unsubscribe/:token')
  @ApiOperation({ summary: 'Page that asks to unsubscribe' })
  @TokenPage('A page with one button. Nothing changes yet.')
  unsubscribePage(@Param('token') token: string): string {
    return pages.unsubscribeQuestion(token);
  }

  /** RFC 8058: no cookie, no login, no redirect; any body, and twice is as good as once. */
  @Post('unsubscribe/:token')
  @ApiOperation({ summary: 'Unsubscribe in one click (RFC 8058)' })
  @HttpCode(200)
  @TokenPage('Off the list.')
  async unsubscribe(
    @Param('token') token: string,
    @CurrentVisitor() visitor: Visitor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return answer(response, await this.change.unsubscribe(token, visitor), pages.UNSUBSCRIBE_DONE);
  }
}

const answer = (response: Response, result: LinkResult, done: string): string => {
  if (result !== 'unknown_link') return done;
  response.status(404);
  return pages.UNKNOWN_LINK;
};
