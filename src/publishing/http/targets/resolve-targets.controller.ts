import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { ResolveTarget } from '../../application/reconcile/resolve-target.js';
import { TargetReader } from '../../application/targets/target-reader.js';
import { sayOne } from '../../domain/reconcile/resolve.policy.js';
import { TargetResponse, toTargetResponse } from '../dto/target.dto.js';
import { ResolveTargetRequest } from './resolve.dto.js';

/** A person's word about a target in doubt. */
@Controller('v1/targets')
@ApiTags('Targets')
@ApiBearerAuth()
export class ResolveTargetsController {
  constructor(
    private readonly resolveTarget: ResolveTarget,
    private readonly reader: TargetReader,
    private readonly idempotency: Idempotency,
  ) {}

  /** Found: it counts as published with this link. Absent: it is sent again while fresh, else missed. */
  @Post(':id/resolve')
  @ApiOperation({ summary: 'Say what became of a target that is unconfirmed or needs a decision' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: TargetResponse })
  resolve(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
    @Body() { found, absent }: ResolveTargetRequest,
  ): Promise<TargetResponse> {
    if ((found === undefined) === (absent === undefined)) throw sayOne();
    const { workspaceId, actor } = principal;
    const answer = { workspaceId, targetId: id, actor, ...(found === undefined ? {} : { found: found.trim() }) };
    return this.idempotency.run(principal, call, async (tx) => {
      await this.resolveTarget.execute(answer, tx);
      const [target] = await this.reader.byIds(workspaceId, [id], tx);
      if (!target) throw notFound('target', id);
      return toTargetResponse(target);
    });
  }
}
