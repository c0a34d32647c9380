import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { Idempotency } from '../application/idempotency.js';
import { WorkspaceDesk } from '../application/workspace-desk.js';
import { type IdempotencyCall, ShownOnce } from '../domain/idempotency-call.js';
import { Workspaces } from '../domain/workspaces.port.js';
import {
  CreateWorkspaceDto,
  OpenedWorkspaceDto,
  toWorkspaceDto,
  UpdateWorkspaceDto,
  WorkspaceDto,
} from './dto/workspace.dto.js';
import { IdempotentCall } from './idempotent-call.decorator.js';

@Controller('v1')
@ApiTags('Workspaces')
@ApiBearerAuth()
export class WorkspacesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: WorkspaceDesk,
    private readonly workspaces: Workspaces,
  ) {}

  @Get('workspace')
  @ApiOperation({ summary: 'Read your workspace' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: WorkspaceDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal): Promise<WorkspaceDto> {
    return toWorkspaceDto(await this.workspaces.get(workspaceId));
  }

  @Patch('workspace')
  @ApiOperation({ summary: 'Change your workspace: name, region, time zone, public page' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: WorkspaceDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Body() change: UpdateWorkspaceDto,
  ): Promise<WorkspaceDto> {
    return toWorkspaceDto(await this.desk.change(workspaceId, change, actor));
  }

  @Post('workspaces')
  @ApiOperation({ summary: 'Open another workspace (operator)' })
  @NeedsScope('operator')
  @ApiCreatedResponse({ type: OpenedWorkspaceDto })
  open(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { name, region, timeZone }: CreateWorkspaceDto,
  ): Promise<OpenedWorkspaceDto> {
    return this.idempotency.run<OpenedWorkspaceDto>(principal, call, async (tx) => {
      const { workspace, apiKey } = await this.desk.open({ name, region, timeZone }, principal.actor, tx);
      const shown = toWorkspaceDto(workspace);
      return new ShownOnce<OpenedWorkspaceDto>({ ...shown, apiKey }, shown);
    });
  }
}
