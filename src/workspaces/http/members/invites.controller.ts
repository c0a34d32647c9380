import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency } from '../../application/idempotency.js';
import { InviteDesk } from '../../application/members/invite-desk.js';
import type { IdempotencyCall } from '../../domain/idempotency-call.js';
import { Invites } from '../../domain/members/invites.port.js';
import { IdempotentCall } from '../idempotent-call.decorator.js';
import { CreateInviteDto, InviteDto, InvitePageDto, toInviteDto } from './dto/member.dto.js';

@Controller('v1/invites')
@ApiTags('Members')
@ApiBearerAuth()
export class InvitesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: InviteDesk,
    private readonly invites: Invites,
  ) {}

  /** The link is in the mail alone; inviting again sends a new one. */
  @Post()
  @ApiOperation({ summary: 'Invite somebody by mail; replaces an open invitation to the same address' })
  @NeedsScope('admin')
  @ApiCreatedResponse({ type: InviteDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { email, role }: CreateInviteDto,
  ): Promise<InviteDto> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run<InviteDto>(principal, call, async (tx) =>
      toInviteDto(await this.desk.invite({ workspaceId, email, role, actor }, tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List invitations' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: InvitePageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<InvitePageDto> {
    return readPage(query, (place) => this.invites.list(workspaceId, place), toInviteDto);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take an invitation back; its link is dead at once' })
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiNoContentResponse({ description: 'Revoked; one that was accepted stays so.' })
  revoke(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.revoke(workspaceId, id, actor);
  }
}
