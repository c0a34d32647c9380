import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { AcceptInvite } from '../../application/members/accept-invite.js';
import { ResetPassword } from '../../application/members/reset-password.js';
import { SignIn } from '../../application/members/sign-in.js';
import { AnswerSession } from './answer-session.js';
import { AcceptInviteDto, InviteTokenDto, ShownInviteDto, toShownInviteDto } from './dto/member.dto.js';
import { AcceptedDto, AskResetDto, RedeemResetDto, SessionDto, SignInDto } from './dto/session.dto.js';
import { SessionCookies } from './session-cookies.js';

const ASKED = 'If somebody signs in here with this address, a mail with a link is on its way.';

/** What people do before they are signed in. No `Idempotency-Key`: passwords are not kept, in no form but the slow hash. */
@Controller('v1/public')
@ApiTags('Sessions')
@Public()
export class SignInController {
  constructor(
    private readonly signIns: SignIn,
    private readonly invites: AcceptInvite,
    private readonly resets: ResetPassword,
    private readonly cookies: SessionCookies,
    private readonly answer: AnswerSession,
  ) {}

  /** The session travels in a cookie that no script can read. */
  @Post('sign-in')
  @ApiOperation({ summary: 'Sign in with address and password' })
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async signIn(
    @Body() { email, password, code, workspaceId }: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const wish = { email, password, code, ...(workspaceId === undefined ? {} : { workspaceId }) };
    return this.answer.begun(await this.signIns.execute({ ...wish, ...this.cookies.entranceOf(request) }), response);
  }

  @Post('invites/show')
  @ApiOperation({ summary: 'Look at an invitation by the secret of its link' })
  @HttpCode(200)
  @ApiOkResponse({ type: ShownInviteDto })
  async showInvite(@Body() { token }: InviteTokenDto): Promise<ShownInviteDto> {
    return toShownInviteDto(await this.invites.show(token));
  }

  @Post('invites/accept')
  @ApiOperation({ summary: 'Accept an invitation, once; you are signed in then' })
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async acceptInvite(
    @Body() { token, password, name, code }: AcceptInviteDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const acceptance = { token, password, name, code, ...this.cookies.entranceOf(request) };
    return this.answer.begun(await this.invites.execute(acceptance), response);
  }

  @Post('password-resets')
  @ApiOperation({ summary: 'Ask for a link to set a new password; the answer is the same for every address' })
  @HttpCode(202)
  @ApiAcceptedResponse({ type: AcceptedDto })
  async askReset(@Body() { email }: AskResetDto, @Req() request: Request): Promise<AcceptedDto> {
    await this.resets.ask(email, this.cookies.entranceOf(request).place.address);
    return { message: ASKED };
  }

  @Post('password-resets/redeem')
  @ApiOperation({ summary: 'Set a new password by the secret of the mailed link; every session ends' })
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Sign in with the new password.' })
  async redeemReset(@Body() { token, password }: RedeemResetDto, @Req() request: Request): Promise<void> {
    await this.resets.redeem(token, password, this.cookies.entranceOf(request).place.address);
  }
}
