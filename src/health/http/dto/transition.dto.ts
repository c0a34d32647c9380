import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { StoredTransition } from '../../domain/health-snapshot.port.js';
import { HEALTH_STATES } from '../../domain/health-state.js';
import { HEALTH_CAPABILITIES } from '../../domain/signal.js';

/** A change of health with what it stood on. */
export class TransitionDto {
  @ApiProperty({ example: 'us' })
  region!: string;
  @ApiProperty({ enum: HEALTH_CAPABILITIES })
  capability!: string;
  @ApiProperty({ enum: HEALTH_STATES })
  from!: string;
  @ApiProperty({ enum: HEALTH_STATES })
  to!: string;
  @ApiProperty()
  reason!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  statistic!: Readonly<Record<string, number>>;
  @ApiProperty({ type: 'object', additionalProperties: true })
  samples!: StoredTransition['samples'];
  @ApiProperty({ type: 'object', additionalProperties: true })
  thresholds!: StoredTransition['thresholds'];
  @ApiProperty({ description: 'Names the configuration it was judged under.' })
  configHash!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  incidentId?: string;
}

export const toTransitionDto = (row: StoredTransition): TransitionDto => ({
  region: row.region,
  capability: row.capability,
  from: row.from,
  to: row.to,
  reason: row.reason,
  at: row.at.toISOString(),
  statistic: row.statistic,
  samples: row.samples,
  thresholds: row.thresholds,
  configHash: row.configHash,
  ...(row.incidentId === undefined ? {} : { incidentId: row.incidentId }),
});
