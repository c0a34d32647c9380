import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { FindIncident } from '../../application/ledger/find-incident.js';
import { WriteNote } from '../../application/ledger/write-note.js';
import { Ledger } from '../../domain/ledger/ledger.port.js';
import { IncidentUpdates } from '../../domain/updates/incident-updates.port.js';
import { speakerOf } from '../updates/speaker-of.js';
import { WriteNoteDto } from '../updates/words.dto.js';
import {
  ImpactDto,
  LedgerPageDto,
  ListEntriesQuery,
  NoteDto,
  toEntryDto,
  toImpactDto,
  toNoteDto,
} from './ledger.dto.js';

/** What happened in an incident: the platform's part is everybody's, a workspace's part its own. */
@Controller('v1/incidents')
@ApiTags('Incidents')
@ApiBearerAuth()
export class LedgerController {
  constructor(
    private readonly ledger: Ledger,
    private readonly updates: IncidentUpdates,
    private readonly find: FindIncident,
    private readonly writeNote: WriteNote,
    private readonly idempotency: Idempotency,
  ) {}

  @Get(':id/entries')
  @ApiOperation({ summary: 'List what happened in an incident' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: LedgerPageDto })
  async entries(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListEntriesQuery,
  ): Promise<LedgerPageDto> {
    await this.find.execute(id);
    const { kind, targetId } = query;
    return readPage(
      query,
      (place) => this.ledger.list(workspaceId, id, { kinds: kind && [kind], targetId, ...place }),
      toEntryDto,
      ({ sortKey, id: rowId }) => ({ at: sortKey, id: rowId }),
    );
  }

  @Get(':id/impact')
  @ApiOperation({ summary: 'What an incident did to your posts, in numbers' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: ImpactDto })
  async impact(@CurrentPrincipal() { workspaceId }: Principal, @Param('id', UuidPipe) id: string): Promise<ImpactDto> {
    await this.find.execute(id);
    const features = await this.updates.latestPerFeature(workspaceId, id);
    return toImpactDto(await this.ledger.impact(workspaceId, id), features);
  }

  /** Kept in the ledger for good; a correction is another note. */
  @Post(':id/notes')
  @ApiOperation({ summary: "Write an operator's note into the ledger" })
  @NeedsScope('health:write')
  @ApiCreatedResponse({ type: NoteDto })
  note(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) incidentId: string,
    @Body() { text, scope }: WriteNoteDto,
  ): Promise<NoteDto> {
    return this.idempotency.run(principal, call, async (tx) =>
      toNoteDto(await this.writeNote.execute(speakerOf(principal), { incidentId, text, scope }, tx)),
    );
  }
}
