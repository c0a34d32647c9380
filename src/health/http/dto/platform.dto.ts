import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { PlatformCapabilities } from '../../../platforms/domain/platform.port.js';
import type {
  CapabilityHealth,
  PlatformHealth,
  PlatformOverview,
  RegionState,
} from '../../application/read-platforms.js';
import { HEALTH_STATES } from '../../domain/health-state.js';
import { FeedEvidenceDto, toFeedEvidenceDto } from '../feeds/feed.dto.js';
import { CapabilityStateDto, RegionDto, sinceOf } from './state.dto.js';
import { toTransitionDto, TransitionDto } from './transition.dto.js';

export class CountersBadgeDto {
  @ApiProperty({ enum: ['healthy', 'degraded'], description: 'degraded: views stand still where they usually come.' })
  state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent while nothing was ever seen.' })
  since?: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
}

export class RegionStateDto extends RegionDto {
  @ApiProperty({ type: CountersBadgeDto, description: 'Whether view counters can be believed; it moves no post.' })
  counters!: CountersBadgeDto;
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

export class CapabilityHealthDto extends CapabilityStateDto {
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

const toRegionStateDto = ({ region, state: publishing, counters }: RegionState): RegionStateDto => {
  const { state, since, reason, overridden, rampShare } = publishing;
  const badge = { state: counters.state, reason: counters.reason, ...sinceOf(counters.since) };
  return { region, state, ...sinceOf(since), reason, overridden, rampShare, counters: badge };
};

export const toPlatformDto = ({ capabilities, state, regions }: PlatformOverview): PlatformDto => ({
  platform: capabilities.platform,
  displayName: capabilities.displayName,
  state,
  regions: regions.map(toRegionStateDto),
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
  regions: regions.map(({ capabilities, ...region }) => ({
    ...toRegionStateDto(region),
    capabilities: capabilities.map((row) => ({
      capability: row.capability,
      state: row.state,
      ...sinceOf(row.since),
      reason: row.reason,
      statistic: row.statistic,
    })),
  })),
  transitions: transitions.map(toTransitionDto),
  feeds: feeds.map((feed) => toFeedEvidenceDto(feed, at)),
});
