import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, NeedsSession, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { MemberDesk } from '../../application/members/member-desk.js';
import type { SignedIn } from '../../application/members/session-desk.js';
import { Members } from '../../domain/members/members.port.js';
import { CurrentSession } from './current-session.decorator.js';
import { ChangeMemberDto, CreateFirstMemberDto, MemberDto, MemberPageDto, toMemberDto } from './dto/member.dto.js';
import { SessionCookies } from './session-cookies.js';

@Controller('v1/members')
@ApiTags('Members')
@ApiBearerAuth()
export class MembersController {
  constructor(
    private readonly desk: MemberDesk,
    private readonly members: Members,
    private readonly cookies: SessionCookies,
  ) {}

  /** Without `Idempotency-Key`: a second call finds the member there (`member.not_first`), and no password is remembered. */
  @Post()
  @ApiOperation({ summary: 'Make the first owner of a workspace without members; others are invited' })
  @NeedsScope('admin')
  @ApiCreatedResponse({ type: MemberDto })
  async createFirst(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Body() { email, name, password }: CreateFirstMemberDto,
  ): Promise<MemberDto> {
    return toMemberDto(await this.desk.createFirst(workspaceId, { email, name, password }, actor));
  }

  @Get()
  @ApiOperation({ summary: 'List members' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: MemberPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<MemberPageDto> {
    return readPage(query, (place) => this.members.list(workspaceId, place), toMemberDto);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Give a member another role; it counts from the next request on' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: MemberDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() { role }: ChangeMemberDto,
  ): Promise<MemberDto> {
    return toMemberDto(await this.desk.setRole({ workspaceId, id, actor }, role));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take a member out; their sessions here end at once' })
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiNoContentResponse({ description: 'No member any more.' })
  remove(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.remove({ workspaceId, id, actor });
  }

  @Post('leave')
  @ApiOperation({ summary: 'Leave the workspace you are signed in to' })
  @HttpCode(204)
  @NeedsSession()
  @ApiNoContentResponse({ description: 'No member any more; the session has ended.' })
  async leave(
    @CurrentSession() { workspaceId, actor, memberId }: SignedIn & { readonly memberId: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.desk.remove({ workspaceId, id: memberId, actor });
    this.cookies.clear(response);
  }
}
