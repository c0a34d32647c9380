import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { ReadReadiness } from '../application/read-readiness.js';
import { ReadinessDto, toReadinessDto } from './dto/readiness.response.dto.js';

@Controller('v1/readiness')
@ApiTags('Readiness')
@ApiBearerAuth()
export class ReadinessController {
  constructor(private readonly readiness: ReadReadiness) {}

  /** What an outage today would strand: accounts that cannot post, targets without a usable fallback. */
  @Get()
  @ApiOperation({ summary: 'Which planned targets would have no way out in an outage?' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: ReadinessDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal): Promise<ReadinessDto> {
    return toReadinessDto(await this.readiness.execute(workspaceId));
  }
}
