import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PlatformCapabilities } from '../../../platforms/domain/platform.port.js';
import type { AccountHealth } from '../../application/read-account-health.js';
import { ACCOUNT_STATUSES } from '../../domain/account-status.js';
import type { QuotaUse } from '../../domain/quotas.port.js';

export class QuotaDto {
  @ApiProperty({ enum: ['account', 'app'] })
  scope!: string;
  @ApiProperty({ example: 'publish' })
  kind!: string;
  @ApiProperty({ description: 'Per day.' })
  limit!: number;
  @ApiPropertyOptional({ description: 'Only for quotas that are this account alone.' })
  used?: number;
  @ApiProperty()
  exhausted!: boolean;
  @ApiProperty({ format: 'date-time' })
  resetsAt!: string;
}

export class AccountHealthDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'True when the account itself stands in no way of a publish.' })
  canPost!: boolean;
  @ApiProperty({ enum: ACCOUNT_STATUSES })
  status!: string;
  @ApiPropertyOptional({ example: 'refresh_refused', description: 'The last error that took it out.' })
  lastError?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  tokenExpiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The platform refused to renew the token; asked again.' })
  refreshRefusedAt?: string;
  @ApiProperty({ type: [QuotaDto] })
  quotas!: readonly QuotaDto[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the platform can do.' })
  capabilities!: PlatformCapabilities;
}

/** How many others published through our app is theirs to know, so a shared quota tells only whether it is spent. */
const toQuotaDto = ({ scope, kind, limit, used, resetsAt }: QuotaUse): QuotaDto => ({
  scope,
  kind,
  limit,
  ...(scope === 'account' ? { used } : {}),
  exhausted: used >= limit,
  resetsAt: resetsAt.toISOString(),
});

export const toAccountHealthDto = ({ account, quotas, capabilities }: AccountHealth): AccountHealthDto => ({
  id: account.id,
  canPost: account.status === 'active' && quotas.every(({ used, limit }) => used < limit),
  status: account.status,
  ...(account.statusReason === undefined ? {} : { lastError: account.statusReason }),
  ...(account.tokenExpiresAt ? { tokenExpiresAt: account.tokenExpiresAt.toISOString() } : {}),
  ...(account.refreshRefusedAt ? { refreshRefusedAt: account.refreshRefusedAt.toISOString() } : {}),
  quotas: quotas.map(toQuotaDto),
  capabilities,
});
