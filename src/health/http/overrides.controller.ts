import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { PageQuery, readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { OverrideDesk } from '../application/override-desk.js';
import { Overrides } from '../domain/overrides.port.js';
import { OverridePageDto, toOverrideDto } from './dto/override.dto.js';
import { pinnerOf } from './pinner-of.js';

@Controller('v1/overrides')
@ApiTags('Platforms')
@ApiBearerAuth()
export class OverridesController {
  constructor(
    private readonly overrides: Overrides,
    private readonly desk: OverrideDesk,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Those in force for your workspace: its own and the instance's. */
  @Get()
  @ApiOperation({ summary: 'List overrides in force' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: OverridePageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<OverridePageDto> {
    return readPage(query, (place) => this.overrides.list(workspaceId, place), toOverrideDto);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'End an override' })
  @HttpCode(204)
  @NeedsScope('health:write')
  @ApiNoContentResponse({ description: 'The measured state holds again.' })
  unpin(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.unpin(pinnerOf(principal), id, tx));
  }
}
