import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { FindIncident } from '../../application/ledger/find-incident.js';
import { PostUpdate } from '../../application/updates/post-update.js';
import { featureName } from '../../domain/updates/incident-update.js';
import { IncidentUpdates } from '../../domain/updates/incident-updates.port.js';
import { speakerOf } from './speaker-of.js';
import { IncidentUpdateDto, IncidentUpdatePageDto, ListUpdatesQuery, PostUpdateDto, toUpdateDto } from './words.dto.js';

/** What the public is told. There is no route that changes or deletes: a correction is another update. */
@Controller('v1/incidents')
@ApiTags('Incidents')
@ApiBearerAuth()
export class IncidentUpdatesController {
  constructor(
    private readonly postUpdate: PostUpdate,
    private readonly updates: IncidentUpdates,
    private readonly find: FindIncident,
    private readonly idempotency: Idempotency,
  ) {}

  /** For your own audience, or, with an operator key and scope `instance`, for everybody's. */
  @Post(':id/updates')
  @ApiOperation({ summary: 'Tell the public how an affected feature does' })
  @NeedsScope('health:write')
  @ApiCreatedResponse({ type: IncidentUpdateDto })
  post(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) incidentId: string,
    @Body() { feature, status, text, scope }: PostUpdateDto,
  ): Promise<IncidentUpdateDto> {
    return this.idempotency.run(principal, call, async (tx) =>
      toUpdateDto(
        await this.postUpdate.execute(speakerOf(principal), { incidentId, feature, status, text, scope }, tx),
      ),
    );
  }

  @Get(':id/updates')
  @ApiOperation({ summary: 'List the public updates of an incident' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: IncidentUpdatePageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListUpdatesQuery,
  ): Promise<IncidentUpdatePageDto> {
    await this.find.execute(id);
    const feature = query.feature === undefined ? undefined : featureName(query.feature);
    return readPage(
      query,
      (place) => this.updates.list(workspaceId, id, { ...place, feature }),
      toUpdateDto,
      ({ sortKey, id: rowId }) => ({ at: sortKey, id: rowId }),
    );
  }
}
