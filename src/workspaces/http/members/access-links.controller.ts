import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { EnterByLink } from '../../application/members/enter-by-link.js';
import { SetUp } from '../../application/members/set-up.js';
import { AnswerSession } from './answer-session.js';
import { SetUpDto, SetupStateDto, SignInLinkDto } from './dto/access-link.dto.js';
import { SessionDto } from './dto/session.dto.js';
import { SessionCookies } from './session-cookies.js';

/** Doors that links of whoever runs the server open, once each. No `Idempotency-Key`: the link is used up. */
@Controller('v1/public')
@ApiTags('Sessions')
@Public()
export class AccessLinksController {
  constructor(
    private readonly setUps: SetUp,
    private readonly links: EnterByLink,
    private readonly cookies: SessionCookies,
    private readonly answer: AnswerSession,
  ) {}

  @Get('setup')
  @ApiOperation({ summary: 'Is this server still to be set up?' })
  @ApiOkResponse({ type: SetupStateDto })
  async state(): Promise<SetupStateDto> {
    return { needed: await this.setUps.isNeeded() };
  }

  @Post('setup')
  @ApiOperation({ summary: 'Become the first owner by the link that the server printed; you are signed in then' })
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async setUp(
    @Body() { token, email, password, name, workspaceName, timeZone }: SetUpDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const workspace = {
      ...(workspaceName === undefined ? {} : { name: workspaceName }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const wish = { token, email, password, name, workspace, ...this.cookies.entranceOf(request) };
    return this.answer.begun(await this.setUps.execute(wish), response);
  }

  @Post('sign-in/link')
  @ApiOperation({ summary: 'Sign in by a link that who runs the server made for you' })
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async signIn(
    @Body() { token, code }: SignInLinkDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    return this.answer.begun(await this.links.execute({ token, code, ...this.cookies.entranceOf(request) }), response);
  }
}
