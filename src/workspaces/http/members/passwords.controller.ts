import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { NeedsSession } from '../../../infra/http/principal.js';
import { ChangePassword } from '../../application/members/change-password.js';
import type { SignedIn } from '../../application/members/session-desk.js';
import { AnswerSession } from './answer-session.js';
import { CurrentSession } from './current-session.decorator.js';
import { ChangePasswordDto, SessionDto } from './dto/session.dto.js';
import { SessionCookies } from './session-cookies.js';

@Controller('v1/password')
@ApiTags('Sessions')
@ApiCookieAuth()
export class PasswordsController {
  constructor(
    private readonly passwords: ChangePassword,
    private readonly cookies: SessionCookies,
    private readonly answer: AnswerSession,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Change your password; every other session ends, this one gets a new cookie' })
  @HttpCode(200)
  @NeedsSession()
  @ApiOkResponse({ type: SessionDto })
  async change(
    @CurrentSession() by: SignedIn & { readonly memberId: string },
    @Body() { currentPassword: current, newPassword: wanted }: ChangePasswordDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const change = { current, wanted, place: this.cookies.placeOf(request) };
    return this.answer.begun(await this.passwords.execute(by, change), response);
  }
}
