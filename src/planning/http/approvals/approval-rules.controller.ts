import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { ApprovalRules, SetApprovalRules } from '../../application/approvals/approval-rules.js';
import { ApprovalRuleDto, ApprovalRuleListDto, RuleBodyDto, toRuleDto } from './approval.dto.js';

@Controller('v1/approval-rules')
@ApiTags('Approvals')
@ApiBearerAuth()
export class ApprovalRulesController {
  constructor(
    private readonly desk: SetApprovalRules,
    private readonly rules: ApprovalRules,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where is approval needed?' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ApprovalRuleListDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal): Promise<ApprovalRuleListDto> {
    return { items: (await this.rules.list(workspaceId)).map(toRuleDto) };
  }

  /** Counts for what is scheduled or changed from now on. */
  @Put('workspace')
  @ApiOperation({ summary: 'Say whether posts of the workspace need approval' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: ApprovalRuleDto })
  putWorkspace(@CurrentPrincipal() principal: Principal, @Body() body: RuleBodyDto): Promise<ApprovalRuleDto> {
    return this.put(principal, null, body);
  }

  @Put('accounts/:id')
  @ApiOperation({ summary: 'Say whether posts on an account need approval, whatever the workspace says' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: ApprovalRuleDto })
  putAccount(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: RuleBodyDto,
  ): Promise<ApprovalRuleDto> {
    return this.put(principal, id, body);
  }

  @Delete('accounts/:id')
  @ApiOperation({ summary: 'Let an account follow the workspace again' })
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiNoContentResponse({ description: 'It has no rule of its own.' })
  remove(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.remove(workspaceId, id, actor);
  }

  private async put(
    { workspaceId, actor }: Principal,
    accountId: string | null,
    { needsApproval, onDeadline }: RuleBodyDto,
  ): Promise<ApprovalRuleDto> {
    return toRuleDto(await this.desk.put(workspaceId, { accountId, needsApproval, onDeadline }, actor));
  }
}
