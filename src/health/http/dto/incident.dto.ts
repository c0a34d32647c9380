import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { type Incident, INCIDENT_SEVERITIES, severityOf } from '../../domain/incident.js';
import type { StoredTransition } from '../../domain/health-snapshot.port.js';
import { toTransitionDto, TransitionDto } from './transition.dto.js';

export class ListIncidentsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IsOptional()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;

  @ApiPropertyOptional({ enum: ['open', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed';
}

export class IncidentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ example: 'us' })
  region!: string;
  @ApiProperty({ enum: ['open', 'closed'] })
  status!: string;
  @ApiProperty({ enum: ['degraded', 'down'] })
  worstState!: string;
  @ApiProperty({ enum: INCIDENT_SEVERITIES })
  severity!: string;
  @ApiProperty({ type: [String], description: 'What was in trouble.', example: ['publish', 'read'] })
  capabilities!: readonly string[];
  @ApiProperty()
  reason!: string;
  @ApiProperty({ format: 'date-time', description: 'Its first opening.' })
  openedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  closedAt?: string;
  @ApiProperty({ description: 'How often the trouble came back within six hours of an end.' })
  reopenedCount!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it came back last.' })
  reopenedAt?: string;
}

export class IncidentDetailDto extends IncidentDto {
  @ApiProperty({ type: [TransitionDto], description: 'Newest first, at most 100.' })
  transitions!: readonly TransitionDto[];
}

export class IncidentPageDto {
  @ApiProperty({ type: [IncidentDto] })
  items!: readonly IncidentDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toIncidentDto = (incident: Incident): IncidentDto => ({
  id: incident.id,
  platform: incident.platform,
  region: incident.region,
  status: incident.closedAt ? 'closed' : 'open',
  worstState: incident.worstState,
  severity: severityOf(incident),
  capabilities: incident.capabilities,
  reason: incident.reason,
  openedAt: incident.openedAt.toISOString(),
  ...(incident.closedAt ? { closedAt: incident.closedAt.toISOString() } : {}),
  reopenedCount: incident.reopenedCount,
  ...(incident.reopenedAt ? { reopenedAt: incident.reopenedAt.toISOString() } : {}),
});

export const toIncidentDetailDto = (
  incident: Incident,
  transitions: readonly StoredTransition[],
): IncidentDetailDto => ({ ...toIncidentDto(incident), transitions: transitions.map(toTransitionDto) });
