import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { RenameTag } from '../../application/tags/rename-tag.js';
import { RenamedTagDto, RenameTagDto } from './rename-tag.dto.js';

@Controller('v1/tags')
@ApiTags('Tags')
@ApiBearerAuth()
export class RenameTagsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly renaming: RenameTag,
  ) {}

  /** Posts whose targets wait are edited one by one, 200 in a call; what was published keeps its tag. */
  @Post('rename')
  @ApiOperation({ summary: 'Rename a tag, or merge it into another' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: RenamedTagDto })
  rename(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { from, to }: RenameTagDto,
  ): Promise<RenamedTagDto> {
    return this.idempotency.run<RenamedTagDto>(principal, call, (tx) =>
      this.renaming.execute(principal, { from, to: to.trim() }, tx),
    );
  }
}
