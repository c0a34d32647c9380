import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformCapabilities } from '../../../platforms/domain/platform.port.js';
import type { AccountHealth } from '../../application/read-account-health.js';
import { isSpent } from '../../domain/account-health.policy.js';
import type { Account } from '../../domain/account.js';
import { ACCOUNT_STATUSES } from '../../domain/account-status.js';
import type { QuotaUse } from '../../domain/quotas.port.js';

export class QuotaDto {
  @ApiProperty({ enum: ['account', 'app'] })
  scope!: string;
  @ApiProperty({
    example: 'publish',
    description: '`reported`: a cap the platform told us of. `platform`: its own count, by any app.',
  })
  kind!: string;
  @ApiProperty({ description: 'In the window that ends at resetsAt.' })
  limit!: number;
  @ApiPropertyOptional({ description: 'Only for quotas that are this account alone.' })
  used?: number;
  @ApiPropertyOptional({ description: 'Only for quotas that are this account alone.' })
  left?: number;
  @ApiProperty()
  exhausted!: boolean;
  @ApiProperty({ format: 'date-time' })
  resetsAt!: string;
}

export class HealthReasonDto {
  @ApiProperty({ example: 'needs_reconnect' })
  code!: string;
  @ApiProperty({ description: 'What it means and what to do.' })
  text!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it ends by itself.' })
  until?: string;
}

export class TokenDto {
  @ApiProperty({ format: 'date-time', description: 'When the platform gave it.' })
  obtainedAt!: string;
  @ApiProperty()
  ageSeconds!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Renewed before; absent when it has no end.' })
  expiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The platform refused to renew it; asked again.' })
  refreshRefusedAt?: string;
}

export class AccountHealthDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'True when the account itself stands in no way of a publish.' })
  canPost!: boolean;
  @ApiProperty({ type: [HealthReasonDto], description: 'Why not; empty when it can.' })
  reasons!: readonly HealthReasonDto[];
  @ApiProperty({ enum: ACCOUNT_STATUSES })
  status!: string;
  @ApiProperty()
  region!: string;
  @ApiPropertyOptional({ example: 'refresh_refused', description: 'The last error that took it out.' })
  lastError?: string;
  @ApiPropertyOptional({ type: TokenDto, description: 'Absent once disconnected.' })
  token?: TokenDto;
  @ApiPropertyOptional({ format: 'date-time' })
  tokenExpiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The platform refused to renew the token; asked again.' })
  refreshRefusedAt?: string;
  @ApiProperty({ type: [QuotaDto] })
  quotas!: readonly QuotaDto[];
  @ApiProperty({ type: [String], description: 'Limits the platform puts on this account or our app.' })
  notices!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the platform can do.' })
  capabilities!: PlatformCapabilities;
}

/** How many others published through our app is theirs to know, so a shared quota tells only whether it is spent. */
const toQuotaDto = (use: QuotaUse): QuotaDto => ({
  scope: use.scope,
  kind: use.kind,
  limit: use.limit,
  ...(use.scope === 'account' ? { used: use.used, left: Math.max(0, use.limit - use.used) } : {}),
  exhausted: isSpent(use),
  resetsAt: use.resetsAt.toISOString(),
});

const toTokenDto = ({ tokenObtainedAt, tokenExpiresAt, refreshRefusedAt }: Account, now: Date): TokenDto => ({
  obtainedAt: tokenObtainedAt.toISOString(),
  ageSeconds: Math.max(0, Math.floor((now.getTime() - tokenObtainedAt.getTime()) / SECOND_MS)),
  ...(tokenExpiresAt ? { expiresAt: tokenExpiresAt.toISOString() } : {}),
  ...(refreshRefusedAt ? { refreshRefusedAt: refreshRefusedAt.toISOString() } : {}),
});

export const toAccountHealthDto = ({ account, reasons, ...rest }: AccountHealth): AccountHealthDto => ({
  id: account.id,
  canPost: reasons.length === 0,
  reasons: reasons.map(({ code, text, until }) => ({ code, text, ...(until ? { until: until.toISOString() } : {}) })),
  status: account.status,
  region: account.region,
  ...(account.statusReason === undefined ? {} : { lastError: account.statusReason }),
  ...(account.status === 'disconnected' ? {} : { token: toTokenDto(account, rest.now) }),
  ...(account.tokenExpiresAt ? { tokenExpiresAt: account.tokenExpiresAt.toISOString() } : {}),
  ...(account.refreshRefusedAt ? { refreshRefusedAt: account.refreshRefusedAt.toISOString() } : {}),
  quotas: rest.quotas.map(toQuotaDto),
  notices: account.notices,
  capabilities: rest.capabilities,
});
