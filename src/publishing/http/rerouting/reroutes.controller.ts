import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { ReroutePlatform } from '../../application/rerouting/reroute-platform.js';
import { ReroutePlanResponse } from '../dto/journal.dto.js';
import { ReroutesRequest } from '../dto/target.dto.js';

@Controller('v1/reroutes')
@ApiTags('Targets')
@ApiBearerAuth()
export class ReroutesController {
  constructor(
    private readonly reroutePlatform: ReroutePlatform,
    private readonly idempotency: Idempotency,
  ) {}

  /** Moves everything that waits for a platform; with `dryRun` only says what would move where, and what could not. */
  @Post()
  @ApiOperation({ summary: 'Move everything that waits for a platform' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: ReroutePlanResponse })
  reroute(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { platform, region, dryRun }: ReroutesRequest,
  ): Promise<ReroutePlanResponse> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, (tx) =>
      this.reroutePlatform.execute({ workspaceId, platform, dryRun, actor, ...(region ? { region } : {}) }, tx),
    );
  }
}
