import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HEALTH_STATES } from '../../domain/health-state.js';
import { HEALTH_CAPABILITIES } from '../../domain/signal.js';

/** How publishing does in one region of a platform. */
export class RegionDto {
  @ApiProperty({ example: 'us' })
  region!: string;
  @ApiProperty({ enum: HEALTH_STATES, description: 'How publishing does, as your workspace sees it.' })
  state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent while nothing was ever seen.' })
  since?: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
  @ApiProperty({ description: 'A person set it; see /v1/overrides.' })
  overridden!: boolean;
  @ApiProperty({ minimum: 0, maximum: 1, description: 'Which part of the due posts may go out now.' })
  rampShare!: number;
}

/** How one capability does: `publish` moves posts, `read` stands beside it, `counters` is a badge. */
export class CapabilityStateDto {
  @ApiProperty({ enum: HEALTH_CAPABILITIES })
  capability!: string;
  @ApiProperty({ enum: HEALTH_STATES, description: 'As measured, whatever an override says.' })
  state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent while nothing was ever seen.' })
  since?: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
}

/** Nothing was ever seen where it began with time itself. */
export const sinceOf = (since: Date): { readonly since?: string } =>
  since.getTime() > 0 ? { since: since.toISOString() } : {};
