import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import type { IdempotencyCall } from '../../workspaces/domain/idempotency-call.js';
import { Idempotency, IdempotentCall } from '../../workspaces/index.js';
import { ImportDesk } from '../application/import-desk.js';
import { ImportDto, ImportMediaDto, toImportDto } from './dto/import.dto.js';

@Controller('v1/media')
@ApiTags('Media')
@ApiBearerAuth()
export class ImportsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: ImportDesk,
  ) {}

  @Post('import')
  @ApiOperation({ summary: 'Fetch a video from an address' })
  @HttpCode(202)
  @NeedsScope('media:write')
  @ApiAcceptedResponse({ type: ImportDto })
  order(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { url, fileName }: ImportMediaDto,
  ): Promise<ImportDto> {
    const { workspaceId } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toImportDto(await this.desk.order({ workspaceId, url, fileName }, tx)),
    );
  }

  @Get('imports/:id')
  @ApiOperation({ summary: 'Read what became of an import' })
  @NeedsScope('media:read')
  @ApiOkResponse({ type: ImportDto })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<ImportDto> {
    return toImportDto(await this.desk.get(workspaceId, id));
  }
}
