import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { Readiness } from '../../application/read-readiness.js';

export class ReadinessAccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  status!: string;
  @ApiPropertyOptional()
  statusReason?: string;
}

export class ReadinessFallbackDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiPropertyOptional({
    enum: ['account_gone', 'account_not_active', 'same_platform', 'carries_this_run', 'content_refused'],
  })
  fault?: string;
}

export class ExposedTargetDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiProperty({ type: [ReadinessFallbackDto], description: 'Why none of its fallbacks helps; empty: it has none.' })
  fallbacks!: readonly ReadinessFallbackDto[];
}

export class ReadinessDto {
  @ApiProperty({ description: 'Every account is active and every waiting target has a usable fallback.' })
  ready!: boolean;
  @ApiProperty({ type: [ReadinessAccountDto] })
  accounts!: readonly ReadinessAccountDto[];
  @ApiProperty()
  checkedTargets!: number;
  @ApiProperty({ description: 'False when more targets wait than were checked (the latest 1,000).' })
  complete!: boolean;
  @ApiProperty({ type: [ExposedTargetDto], description: 'Waiting targets that an outage would strand.' })
  exposed!: readonly ExposedTargetDto[];
}

export const toReadinessDto = ({ accounts, checkedTargets, isComplete, exposed }: Readiness): ReadinessDto => ({
  ready: isComplete && exposed.length === 0 && accounts.every(({ status }) => status === 'active'),
  accounts: accounts.map(({ id, platform, displayName, status, statusReason }) => ({
    id,
    platform,
    displayName,
    status,
    ...(statusReason === undefined ? {} : { statusReason }),
  })),
  checkedTargets,
  complete: isComplete,
  exposed: exposed.map(({ target, fallbacks }) => ({
    targetId: target.id,
    postId: target.postId,
    accountId: target.accountId,
    platform: target.platform,
    scheduledAt: target.scheduledAt.toISOString(),
    fallbacks: fallbacks.map(({ accountId, fault }) => ({ accountId, ...(fault ? { fault } : {}) })),
  })),
});
