import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { ReadBestTimes } from '../../application/metrics/read-best-times.js';
import { BestTimesResponse, toBestTimesResponse } from './best-times.dto.js';

@Controller('v1/accounts/:id/best-times')
@ApiTags('Analytics')
@ApiBearerAuth()
export class BestTimesController {
  constructor(private readonly bestTimes: ReadBestTimes) {}

  /** From the account's own views of half a year; it says nothing where chance explains as much. */
  @Get()
  @ApiOperation({ summary: 'When did posts of this account do better than usual?' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: BestTimesResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<BestTimesResponse> {
    return toBestTimesResponse(await this.bestTimes.execute(workspaceId, id));
  }
}
