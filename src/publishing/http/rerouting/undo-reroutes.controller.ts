import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { UndoReroute } from '../../application/rerouting/undo-reroute.js';
import { TargetReader } from '../../application/targets/target-reader.js';
import { TargetResponse, toTargetResponse } from '../dto/target.dto.js';

@Controller('v1/targets/:id/reroute')
@ApiTags('Targets')
@ApiBearerAuth()
export class UndoReroutesController {
  constructor(
    private readonly undo: UndoReroute,
    private readonly reader: TargetReader,
    private readonly idempotency: Idempotency,
  ) {}

  /** Possible until the replacement's intent is written; answers the target that goes out on the own account instead. */
  @Post('undo')
  @ApiOperation({ summary: 'Take a move back; possible until the replacement is being published' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: TargetResponse })
  execute(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) targetId: string,
  ): Promise<TargetResponse> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) => {
      const id = await this.undo.execute({ workspaceId, targetId, actor }, tx);
      const [target] = await this.reader.byIds(workspaceId, [id], tx);
      if (!target) throw notFound('target', id);
      return toTargetResponse(target);
    });
  }
}
