import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { NeedsSession } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { SessionDesk, type SignedIn } from '../../application/members/session-desk.js';
import { Sessions } from '../../domain/members/sessions.port.js';
import { AnswerSession } from './answer-session.js';
import { CurrentSession } from './current-session.decorator.js';
import {
  EndedSessionsDto,
  EnterWorkspaceDto,
  SessionDto,
  SessionListDto,
  toListedSessionDto,
} from './dto/session.dto.js';
import { SessionCookies } from './session-cookies.js';

@Controller('v1')
@ApiTags('Sessions')
@ApiCookieAuth()
export class SessionController {
  constructor(
    private readonly desk: SessionDesk,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly answer: AnswerSession,
  ) {}

  @Get('session')
  @ApiOperation({ summary: 'Who am I, where, and what may I do?' })
  @NeedsSession()
  @ApiOkResponse({ type: SessionDto })
  get(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionDto> {
    return this.answer.of(this.cookies.read(request) ?? '', response);
  }

  @Post('session/workspace')
  @ApiOperation({ summary: 'Go over to another workspace' })
  @HttpCode(200)
  @NeedsSession()
  @ApiOkResponse({ type: SessionDto })
  async enter(
    @CurrentSession() by: SignedIn,
    @Body() { workspaceId }: EnterWorkspaceDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const how = { place: this.cookies.placeOf(request), replaces: this.cookies.read(request) };
    return this.answer.begun(await this.desk.enter(by, workspaceId, how), response);
  }

  @Delete('session')
  @ApiOperation({ summary: 'Sign out' })
  @HttpCode(204)
  @NeedsSession()
  @ApiNoContentResponse({ description: 'The session has ended.' })
  async signOut(@CurrentSession() by: SignedIn, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.desk.end(by, by.sessionId);
    this.cookies.clear(response);
  }

  @Get('sessions')
  @ApiOperation({ summary: 'List your sessions' })
  @NeedsSession()
  @ApiOkResponse({ type: SessionListDto })
  async list(@CurrentSession() by: SignedIn): Promise<SessionListDto> {
    const sessions = await this.sessions.ofPerson(by.personId);
    return { items: sessions.map((session) => toListedSessionDto(session, by.sessionId)) };
  }

  @Delete('sessions')
  @ApiOperation({ summary: 'End all your sessions but this one' })
  @NeedsSession()
  @ApiOkResponse({ type: EndedSessionsDto })
  async endOthers(@CurrentSession() by: SignedIn): Promise<EndedSessionsDto> {
    return { ended: await this.desk.endOthers(by) };
  }

  @Delete('sessions/:id')
  @ApiOperation({ summary: 'End one of your sessions' })
  @HttpCode(204)
  @NeedsSession()
  @ApiNoContentResponse({ description: 'The session has ended.' })
  end(@CurrentSession() by: SignedIn, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.end(by, id);
  }
}
