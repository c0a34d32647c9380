import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { SwitchPauses } from '../../application/pauses/switch-pauses.js';
import type { PauseSubject } from '../../domain/pauses/pause-event.js';
import { Pauses } from '../../domain/pauses/pauses.port.js';
import {
  ListPausesQuery,
  PausePageResponse,
  PausePlatformRequest,
  PauseRequest,
  PauseResponse,
  ResumePlatformRequest,
  toPauseResponse,
  toStandingPause,
} from './pause.dto.js';

@Controller('v1')
@ApiTags('Pauses')
@ApiBearerAuth()
export class PausesController {
  constructor(
    private readonly switches: SwitchPauses,
    private readonly pauses: Pauses,
    private readonly platforms: PlatformRegistry,
    private readonly idempotency: Idempotency,
  ) {}

  /** Everything that stops something of yours. */
  @Get('pauses')
  @ApiOperation({ summary: 'List what is paused: workspace, platforms, accounts, posts' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: PausePageResponse })
  list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: ListPausesQuery): Promise<PausePageResponse> {
    const { scope } = query;
    return readPage(query, (place) => this.pauses.standing(workspaceId, { scope, ...place }), toStandingPause);
  }

  @Post('workspace/pause')
  @ApiOperation({ summary: 'Stop all publishing of the workspace, before the next call begins' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PauseResponse })
  pauseWorkspace(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { reason }: PauseRequest,
  ): Promise<PauseResponse> {
    return this.pause(principal, call, { scope: 'workspace' }, reason);
  }

  @Post('workspace/resume')
  @ApiOperation({ summary: 'Publish again; what waited and is still fresh goes out' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PauseResponse })
  resumeWorkspace(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
  ): Promise<PauseResponse> {
    return this.resume(principal, call, { scope: 'workspace' });
  }

  /** For your workspace, or, with an operator key, for the whole instance. */
  @Post('platforms/:platform/pause')
  @ApiOperation({ summary: 'Stop publishing to a platform; nothing goes elsewhere meanwhile' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PauseResponse })
  pausePlatform(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('platform') name: string,
    @Body() { reason, scope }: PausePlatformRequest,
  ): Promise<PauseResponse> {
    return this.pause(principal, call, this.platformOf(name, scope), reason);
  }

  @Post('platforms/:platform/resume')
  @ApiOperation({ summary: 'Publish to a platform again' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: PauseResponse })
  resumePlatform(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('platform') name: string,
    @Body() { scope }: ResumePlatformRequest,
  ): Promise<PauseResponse> {
    return this.resume(principal, call, this.platformOf(name, scope));
  }

  @Post('accounts/:id/pause')
  @ApiOperation({ summary: 'Stop publishing on an account; its credentials are kept fresh' })
  @HttpCode(200)
  @NeedsScope('accounts:write')
  @ApiOkResponse({ type: PauseResponse })
  pauseAccount(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) accountId: string,
    @Body() { reason }: PauseRequest,
  ): Promise<PauseResponse> {
    return this.pause(principal, call, { scope: 'account', accountId }, reason);
  }

  @Post('accounts/:id/resume')
  @ApiOperation({ summary: 'Publish on an account again' })
  @HttpCode(200)
  @NeedsScope('accounts:write')
  @ApiOkResponse({ type: PauseResponse })
  resumeAccount(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) accountId: string,
  ): Promise<PauseResponse> {
    return this.resume(principal, call, { scope: 'account', accountId });
  }

  private async pause(
    principal: Principal,
    call: IdempotencyCall,
    subject: PauseSubject,
    reason: string | undefined,
  ): Promise<PauseResponse> {
    const by = { ...switcherOf(principal), ...(reason === undefined ? {} : { reason }) };
    const answer = await this.idempotency.run(principal, call, async (tx) =>
      toPauseResponse(await this.switches.pause(subject, by, tx)),
    );
    await this.switches.latecomers(subject, by);
    return answer;
  }

  private resume(principal: Principal, call: IdempotencyCall, subject: PauseSubject): Promise<PauseResponse> {
    return this.idempotency.run(principal, call, async (tx) =>
      toPauseResponse(await this.switches.resume(subject, switcherOf(principal), tx)),
    );
  }

  /** @throws DomainError when there is no such platform */
  private platformOf(name: string, scope: 'workspace' | 'instance'): PauseSubject {
    const { name: platform } = this.platforms.get(name as PlatformName);
    return { scope: 'platform', platform, instanceWide: scope === 'instance' };
  }
}

const switcherOf = ({ workspaceId, actor, scopes }: Principal) => ({
  workspaceId,
  actor,
  isOperator: scopes.includes('operator'),
});
