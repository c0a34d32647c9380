import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HEALTH_STATES } from '../../../health/domain/health-state.js';
import type { TakenCopy } from '../../application/status/last-copies.js';
import { liveElsewhere, type StatusPlatform } from '../../domain/status/status-snapshot.js';
import { UPDATE_STATUSES } from '../../domain/updates/incident-update.js';

class StatusPlatformDto {
  @ApiProperty({ example: 'TikTok' })
  name!: string;
  @ApiPropertyOptional({ description: 'Where the workspace posts to the platform in more than one.' })
  region?: string;
  @ApiProperty({ enum: HEALTH_STATES })
  state!: string;
}

class StatusPlaceDto {
  @ApiProperty({ example: 'YouTube Shorts' })
  platformName!: string;
  @ApiProperty()
  url!: string;
}

class StatusVideoDto {
  @ApiProperty()
  title!: string;
  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;
  @ApiProperty({ type: [StatusPlaceDto] })
  places!: readonly StatusPlaceDto[];
}

class StatusUpdateDto {
  @ApiProperty()
  feature!: string;
  @ApiProperty({ enum: UPDATE_STATUSES })
  status!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

class StatusIncidentDto {
  @ApiProperty()
  platformName!: string;
  @ApiProperty({ enum: ['degraded', 'down'] })
  worstState!: string;
  @ApiProperty({ format: 'date-time' })
  openedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Left out while it goes on.' })
  closedAt?: string;
  @ApiProperty({ type: [StatusUpdateDto], description: 'Newest first.' })
  updates!: readonly StatusUpdateDto[];
}

/** What the public page tells, for programs. */
export class StatusDocumentDto {
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'date-time' })
  asOf!: string;
  @ApiProperty({ description: 'Our database does not answer; this is what was known at asOf.' })
  isLastCopy!: boolean;
  @ApiProperty({ type: [StatusPlatformDto] })
  platforms!: readonly StatusPlatformDto[];
  @ApiProperty({ type: [StatusVideoDto], description: 'Live on another platform than planned.' })
  liveElsewhere!: readonly StatusVideoDto[];
  @ApiProperty({ type: [StatusIncidentDto], description: 'Newest first.' })
  incidents!: readonly StatusIncidentDto[];
}

export const toStatusDocument = ({ snapshot, isLastCopy }: TakenCopy): StatusDocumentDto => ({
  name: snapshot.workspaceName,
  asOf: snapshot.asOf,
  isLastCopy,
  platforms: snapshot.platforms.map(toPlatform),
  liveElsewhere: liveElsewhere(snapshot).map(({ title, publishedAt, places }) => ({
    ...{ title, publishedAt },
    places: places.map(({ platformName, url }) => ({ platformName, url })),
  })),
  incidents: snapshot.incidents.map(({ platformName, worstState, openedAt, closedAt, updates }) => ({
    ...{ platformName, worstState, openedAt },
    ...(closedAt === null ? {} : { closedAt }),
    updates: updates.map(({ feature, status, text, at }) => ({ feature, status, text, at })),
  })),
});

const toPlatform = ({ name, region, state }: StatusPlatform): StatusPlatformDto => ({
  ...{ name, state },
  ...(region === null ? {} : { region }),
});
