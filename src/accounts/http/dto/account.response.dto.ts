import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { Account } from '../../domain/account.js';
import { ACCOUNT_STATUSES } from '../../domain/account-status.js';

export class AccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiProperty({ description: "The identity's id on the platform." })
  externalId!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  region!: string;
  @ApiProperty({ enum: ACCOUNT_STATUSES })
  status!: string;
  @ApiPropertyOptional({ example: 'refresh_refused' })
  statusReason?: string;
  @ApiProperty({ type: [String], description: 'What the platform lets us do.' })
  scopes!: readonly string[];
  @ApiPropertyOptional({ format: 'date-time' })
  tokenExpiresAt?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class AccountPageDto {
  @ApiProperty({ type: [AccountDto] })
  items!: readonly AccountDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toAccountDto = (account: Account): AccountDto => ({
  id: account.id,
  platform: account.platform,
  externalId: account.externalId,
  displayName: account.displayName,
  region: account.region,
  status: account.status,
  ...(account.statusReason === undefined ? {} : { statusReason: account.statusReason }),
  scopes: account.scopes,
  ...(account.tokenExpiresAt ? { tokenExpiresAt: account.tokenExpiresAt.toISOString() } : {}),
  createdAt: account.createdAt.toISOString(),
  updatedAt: account.updatedAt.toISOString(),
});
