import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { Readiness } from '../../application/read-readiness.js';
import { FALLBACK_FAULTS } from '../../domain/fallback-faults.js';

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
  @ApiPropertyOptional({ enum: FALLBACK_FAULTS })
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

export class ExposedAccountDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ type: [ReadinessFallbackDto], description: 'Why none of its fallbacks helps; empty: it has none.' })
  fallbacks!: readonly ReadinessFallbackDto[];
}

export class RiskyTokenDto {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ enum: ['needs_reconnect', 'expired', 'refused_once', 'overdue', 'ends_unrenewable'] })
  risk!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  expiresAt?: string;
}

export class NextStepDto {
  @ApiProperty({ example: 'add_fallback', description: 'Stable.' })
  code!: string;
  @ApiProperty()
  sentence!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  accountId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  postId?: string;
}

export class ReadinessDto {
  @ApiProperty({
    description: 'Every account is active with tokens that last, and every waiting target has a usable fallback.',
  })
  ready!: boolean;
  @ApiProperty({ type: [ReadinessAccountDto] })
  accounts!: readonly ReadinessAccountDto[];
  @ApiProperty()
  checkedTargets!: number;
  @ApiProperty({ description: 'False when more targets wait than were checked (the latest 1,000).' })
  complete!: boolean;
  @ApiProperty({ type: [ExposedTargetDto], description: 'Waiting targets that an outage would strand.' })
  exposed!: readonly ExposedTargetDto[];
  @ApiProperty({ type: [ExposedAccountDto], description: 'Accounts whose posts would have no way out.' })
  exposedAccounts!: readonly ExposedAccountDto[];
  @ApiProperty({ type: [RiskyTokenDto], description: 'Credentials that may not last through two days of outage.' })
  tokens!: readonly RiskyTokenDto[];
  @ApiProperty({ type: [NextStepDto], description: 'What to do now, what helps most first; empty: nothing.' })
  nextSteps!: readonly NextStepDto[];
}

export const toReadinessDto = (readiness: Readiness): ReadinessDto => {
  const { accounts, checkedTargets, isComplete, exposed, exposedAccounts, tokens, nextSteps } = readiness;
  const isWell = exposed.length === 0 && tokens.length === 0 && accounts.every(({ status }) => status === 'active');
  return {
    ready: isComplete && isWell,
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
      fallbacks: toFallbacks(fallbacks),
    })),
    exposedAccounts: exposedAccounts.map(({ account: { id, platform, displayName }, fallbacks }) => ({
      accountId: id,
      platform,
      displayName,
      fallbacks: toFallbacks(fallbacks),
    })),
    tokens: tokens.map(({ account, risk, expiresAt }) => ({
      accountId: account.id,
      risk,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    })),
    nextSteps: nextSteps.map(({ code, sentence, accountId, postId }) => ({
      code,
      sentence,
      ...(accountId === undefined ? {} : { accountId }),
      ...(postId === undefined ? {} : { postId }),
    })),
  };
};

const toFallbacks = (fallbacks: Readiness['exposed'][number]['fallbacks']): ReadinessFallbackDto[] =>
  fallbacks.map(({ accountId, fault }) => ({ accountId, ...(fault ? { fault } : {}) }));
