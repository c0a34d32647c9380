import { Body, Controller, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { NoticePolicyDesk } from '../../application/notices/notice-policy-desk.js';
import { PublicAddresses } from '../../application/notices/public-addresses.js';
import { NoticePolicies } from '../../domain/notices/notice-policies.port.js';
import type { StoredNoticePolicy } from '../../domain/notices/notice-policy.js';
import { NoticePolicyDto, NoticePolicyResponse, toNoticePolicy, toPolicyInput } from './notice-policy.dto.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' };

/** How this workspace tells its list of outages; the route says when. */
@Controller('v1/notice-policy')
@ApiTags('Audience')
@ApiBearerAuth()
export class NoticePolicyController {
  constructor(
    private readonly policies: NoticePolicies,
    private readonly desk: NoticePolicyDesk,
    private readonly addresses: PublicAddresses,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read how the list is told of outages' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: NoticePolicyResponse })
  async get(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticePolicyResponse> {
    return this.answer(principal, await this.policies.of(principal.workspaceId), response);
  }

  @Put()
  @ApiOperation({ summary: 'Set how the list is told of outages' })
  @NeedsScope('audience:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: NoticePolicyResponse })
  async replace(
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: NoticePolicyDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticePolicyResponse> {
    const { workspaceId, actor } = principal;
    const expected = expectedVersion(ifMatch);
    const assertFresh = (version: number) => assertVersion('notice_policy', expected, version);
    const policy = toPolicyInput(body);
    const saved = await this.unitOfWork.run((tx) => this.desk.replace({ workspaceId, actor, assertFresh }, policy, tx));
    return this.answer(principal, saved, response);
  }

  private answer({ workspaceId }: Principal, policy: StoredNoticePolicy, response: Response): NoticePolicyResponse {
    response.setHeader('ETag', etagOf(policy.version));
    return toNoticePolicy(policy, this.addresses.linksUrl(workspaceId));
  }
}
