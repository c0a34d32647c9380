import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { grants } from '../../workspaces/domain/api-key.js';
import { ReadNow } from '../application/read-now.js';
import { NowDto } from './now.dto.js';
import { toNowDto } from './to-now-dto.js';

@Controller('v1/now')
@ApiTags('Now')
@ApiBearerAuth()
export class NowController {
  constructor(private readonly now: ReadNow) {}

  /** What the caller's scopes do not open is left out. */
  @Get()
  @ApiOperation({ summary: 'What goes on now: due, held, moved, in doubt; platforms, accounts, broadcasts' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: NowDto })
  async read(@CurrentPrincipal() { workspaceId, scopes }: Principal): Promise<NowDto> {
    const view = {
      workspaceId,
      health: grants(scopes, 'health:read'),
      accounts: grants(scopes, 'accounts:read'),
      audience: grants(scopes, 'audience:read'),
    };
    return toNowDto(await this.now.execute(view));
  }
}
