import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { GatherEvidence } from '../../application/evidence/gather-evidence.js';
import { WritePostmortem } from '../../application/evidence/write-postmortem.js';
import { FindIncident } from '../../application/ledger/find-incident.js';
import { EVIDENCE_FORMATS, EVIDENCE_MEDIA, type EvidenceFormat } from './evidence-formats.js';
import { streamEvidence } from './stream-evidence.js';

export class EvidenceQuery {
  @ApiPropertyOptional({ enum: EVIDENCE_FORMATS, default: 'html' })
  @IsOptional()
  @IsIn(EVIDENCE_FORMATS, { message: `format must be one of: ${EVIDENCE_FORMATS.join(', ')}` })
  format: EvidenceFormat = 'html';
}

const TEXT = { schema: { type: 'string' } } as const;

/** What a claim against a platform, or a look back, stands on. */
@Controller('v1/incidents')
@ApiTags('Incidents')
@ApiBearerAuth()
export class EvidenceController {
  constructor(
    private readonly find: FindIncident,
    private readonly gather: GatherEvidence,
    private readonly writePostmortem: WritePostmortem,
  ) {}

  /** Every attempt with times, codes and request ids, counters before and after, expected reach beside what was seen. */
  @Get(':id/evidence')
  @ApiOperation({ summary: 'The evidence report of an incident, as a page, a table or JSON' })
  @NeedsScope('posts:read')
  @ApiOkResponse({
    content: { 'text/html': TEXT, 'text/csv': TEXT, 'application/json': { schema: { type: 'object' } } },
  })
  async evidence(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() { format }: EvidenceQuery,
    @Res() response: Response,
  ): Promise<void> {
    const incident = await this.find.execute(id);
    const { type, writer, extension, disposition } = EVIDENCE_MEDIA[format];
    const day = incident.openedAt.toISOString().slice(0, 10);
    const name = `incident-${incident.platform}-${incident.region}-${day}.${extension}`;
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Disposition', `${disposition}; filename="${name}"`);
    response.setHeader('Cache-Control', 'private, no-store');
    // Nothing runs and nothing is fetched, whatever a caption holds.
    response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    await streamEvidence(this.gather.execute(workspaceId, incident), writer(), response);
  }

  /** A draft to go on writing: timeline, numbers, what went elsewhere, open questions. */
  @Get(':id/postmortem')
  @ApiOperation({ summary: 'A postmortem draft of an incident, as Markdown' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ content: { 'text/markdown': TEXT } })
  async postmortem(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const draft = await this.writePostmortem.execute(workspaceId, id);
    response.type('text/markdown; charset=utf-8');
    return draft;
  }
}
