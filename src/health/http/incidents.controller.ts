import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { readPage } from '../../infra/http/page.js';
import { NeedsScope } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { notFound } from '../../kernel/domain-error.js';
import { HealthSnapshots } from '../domain/health-snapshot.port.js';
import { Incidents } from '../domain/incidents.port.js';
import {
  IncidentDetailDto,
  IncidentPageDto,
  ListIncidentsQuery,
  toIncidentDetailDto,
  toIncidentDto,
} from './dto/incident.dto.js';

const MAX_TRANSITIONS = 100;

/** Spans of bad health. They belong to the instance: every workspace sees the same. */
@Controller('v1/incidents')
@ApiTags('Incidents')
@ApiBearerAuth()
export class IncidentsController {
  constructor(
    private readonly incidents: Incidents,
    private readonly snapshots: HealthSnapshots,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List incidents' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: IncidentPageDto })
  async list(@Query() query: ListIncidentsQuery): Promise<IncidentPageDto> {
    const { platform, status } = query;
    const isOpen = status === undefined ? undefined : status === 'open';
    return readPage(query, (place) => this.incidents.list({ platform, isOpen, ...place }), toIncidentDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an incident' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: IncidentDetailDto })
  async get(@Param('id', UuidPipe) id: string): Promise<IncidentDetailDto> {
    const incident = await this.incidents.get(id);
    if (!incident) throw notFound('incident', id);
    return toIncidentDetailDto(incident, await this.snapshots.transitionsOf({ incidentId: id }, MAX_TRANSITIONS));
  }
}
