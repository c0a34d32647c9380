import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  PROVIDER_STATES,
  type ProviderStatistic,
  type ProviderTransition,
} from '../../domain/providers/provider-detector.js';
import type { ProviderKey, StoredProvider } from '../../domain/providers/providers.port.js';

const PROVIDER_KINDS = ['mail', 'storage'] as const;

export class ProviderDto {
  @ApiProperty({ enum: PROVIDER_KINDS })
  provider!: string;
  @ApiPropertyOptional({ description: 'Which one. With an operator key only.' })
  name?: string;
  @ApiProperty({ enum: PROVIDER_STATES })
  state!: string;
  @ApiProperty({ format: 'date-time' })
  since!: string;
  @ApiProperty({ description: 'Why, in one sentence.' })
  reason!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'CUSUM score and counted calls.' })
  statistic!: ProviderStatistic;
  @ApiPropertyOptional({ format: 'date-time' })
  lastGoodAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  lastBadAt?: string;
  @ApiPropertyOptional({ description: 'What the last bad call met. With an operator key only.' })
  detail?: string;
}

export class ProviderTransitionDto {
  @ApiProperty({ enum: PROVIDER_KINDS })
  provider!: string;
  @ApiProperty({ enum: PROVIDER_STATES })
  from!: string;
  @ApiProperty({ enum: PROVIDER_STATES })
  to!: string;
  @ApiProperty()
  reason!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  statistic!: ProviderStatistic;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class ProviderListDto {
  @ApiProperty({ type: [ProviderDto], description: 'Those that have been called at least once.' })
  items!: readonly ProviderDto[];
  @ApiProperty({ type: [ProviderTransitionDto], description: 'The last changes, newest first.' })
  transitions!: readonly ProviderTransitionDto[];
}

export const toProviderDto = (row: StoredProvider, isOperator: boolean): ProviderDto => ({
  provider: row.provider,
  ...(isOperator ? { name: row.name } : {}),
  state: row.state,
  since: row.since.toISOString(),
  reason: row.reason,
  statistic: row.statistic,
  ...(row.lastGoodAt ? { lastGoodAt: row.lastGoodAt.toISOString() } : {}),
  ...(row.lastBadAt ? { lastBadAt: row.lastBadAt.toISOString() } : {}),
  ...(isOperator && row.detail !== undefined ? { detail: row.detail } : {}),
});

export const toProviderTransitionDto = (row: ProviderTransition & ProviderKey): ProviderTransitionDto => ({
  provider: row.provider,
  from: row.from,
  to: row.to,
  reason: row.reason,
  statistic: row.statistic,
  at: row.at.toISOString(),
});
