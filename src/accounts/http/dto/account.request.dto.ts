import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Length, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { REGION_PATTERN } from '../../../workspaces/domain/workspace.js';
import { CREDENTIAL_HINTS } from '../../domain/consent.js';
import { ACCOUNT_STATUSES, type AccountStatus } from '../../domain/account-status.js';
import { IsCredentials } from './is-credentials.js';

const REGION_MESSAGE = 'region must be 2 to 10 lower-case letters, for example us';
const CREDENTIALS_HELP = [
  'What the platform gave you. Stored encrypted, never shown again.',
  ...PLATFORM_NAMES.map((name) => `- ${name}: \`${CREDENTIAL_HINTS[name]}\``),
  `- any platform, for a person who posts by hand: \`${CREDENTIAL_HINTS.upscrolled}\`, and \`profileUrl\` if there is one`,
].join('\n');
const isSent = (_: unknown, value: unknown) => value !== undefined;

export class ReconnectAccountDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    writeOnly: true,
    description: CREDENTIALS_HELP,
    example: { accessToken: '…', refreshToken: '…' },
  })
  @IsCredentials()
  credentials!: Record<string, string>;
}

export class ConnectAccountDto extends ReconnectAccountDto {
  @ApiProperty({ enum: PLATFORM_NAMES })
  @IsIn(PLATFORM_NAMES, { message: `platform must be one of: ${PLATFORM_NAMES.join(', ')}` })
  platform!: PlatformName;

  @ApiPropertyOptional({ description: "Where the account is at home; the workspace's region when left out." })
  @ValidateIf(isSent)
  @Matches(REGION_PATTERN, { message: REGION_MESSAGE })
  region?: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: "The platform's own name when left out." })
  @ValidateIf(isSent)
  @Length(1, 200)
  displayName?: string;
}

export class UpdateAccountDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @ValidateIf(isSent)
  @Length(1, 200)
  displayName?: string;

  @ApiPropertyOptional()
  @ValidateIf(isSent)
  @Matches(REGION_PATTERN, { message: REGION_MESSAGE })
  region?: string;

  @ApiPropertyOptional({ enum: ['active', 'paused'], description: 'Pause or resume publishing on this account.' })
  @ValidateIf(isSent)
  @IsIn(['active', 'paused'])
  status?: 'active' | 'paused';
}

export class ListAccountsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IsOptional()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;

  @ApiPropertyOptional({ enum: ACCOUNT_STATUSES })
  @IsOptional()
  @IsIn(ACCOUNT_STATUSES)
  status?: AccountStatus;
}
