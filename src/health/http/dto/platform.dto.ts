import { ApiProperty } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { PlatformCapabilities } from '../../../platforms/domain/platform.port.js';
import type { CapabilityHealth, PlatformHealth, PlatformOverview } from '../../application/read-platforms.js';
import { HEALTH_STATES, type PlatformState } from '../../domain/health-state.js';
import { HEALTH_CAPABILITIES } from '../../domain/signal.js';
import { FeedEvidenceDto, toFeedEvidenceDto } from '../feeds/feed.dto.js';
import { toTransitionDto, TransitionDto } from './transition.dto.js';

export class RegionStateDto {
  @ApiProperty({ example: 'us' })
  region!: string;
  @ApiProperty({ enum: HEALTH_STATES, description: 'How publishing does, as your workspace sees it.' })
  state!: string;
  @ApiProperty({ format: 'date-time' })
  since!: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
  @ApiProperty({ description: 'A person set it; see /v1/overrides.' })
  overridden!: boolean;
  @ApiProperty({ minimum: 0, maximum: 1, description: 'Which part of the due posts may go out now.' })
  rampShare!: number;
}

export class PlatformDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ enum: HEALTH_STATES, description: 'The worst of its regions.' })
  state!: string;
  @ApiProperty({ type: [RegionStateDto] })
  regions!: readonly RegionStateDto[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the platform can do.' })
  capabilities!: PlatformCapabilities;
}

export class PlatformListDto {
  @ApiProperty({ type: [PlatformDto] })
  items!: readonly PlatformDto[];
}

export class CapabilityHealthDto {
  @ApiProperty({ enum: HEALTH_CAPABILITIES })
  capability!: string;
  @ApiProperty({ enum: HEALTH_STATES, description: 'As measured, whatever an override says.' })
  state!: string;
  @ApiProperty({ format: 'date-time' })
  since!: string;
  @ApiProperty()
  reason!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Score and samples of each chart.' })
  statistic!: CapabilityHealth['statistic'];
}

export class RegionHealthDto extends RegionStateDto {
  @ApiProperty({ type: [CapabilityHealthDto] })
  capabilities!: readonly CapabilityHealthDto[];
}

export class PlatformHealthDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ type: [RegionHealthDto] })
  regions!: readonly RegionHealthDto[];
  @ApiProperty({ type: [TransitionDto], description: 'The last changes, newest first.' })
  transitions!: readonly TransitionDto[];
  @ApiProperty({ type: [FeedEvidenceDto], description: 'Status pages and other feeds about it: advisory only.' })
  feeds!: readonly FeedEvidenceDto[];
}

const toRegionStateDto = (region: string, { state, since, reason, overridden, rampShare }: PlatformState) => ({
  region,
  state,
  since: since.toISOString(),
  reason,
  overridden,
  rampShare,
});

export const toPlatformDto = ({ capabilities, state, regions }: PlatformOverview): PlatformDto => ({
  platform: capabilities.platform,
  displayName: capabilities.displayName,
  state,
  regions: regions.map((row) => toRegionStateDto(row.region, row.state)),
  capabilities,
});

export const toPlatformHealthDto = ({
  platform,
  regions,
  transitions,
  feeds,
  at,
}: PlatformHealth): PlatformHealthDto => ({
  platform,
  regions: regions.map(({ region, state, capabilities }) => ({
    ...toRegionStateDto(region, state),
    capabilities: capabilities.map((row) => ({
      capability: row.capability,
      state: row.state,
      since: row.since.toISOString(),
      reason: row.reason,
      statistic: row.statistic,
    })),
  })),
  transitions: transitions.map(toTransitionDto),
  feeds: feeds.map((feed) => toFeedEvidenceDto(feed, at)),
});
