import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsISO8601, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { REGION_PATTERN } from '../../../workspaces/domain/workspace.js';
import {
  type Override,
  OVERRIDE_MAX_MS,
  OVERRIDE_SCOPES,
  OVERRIDE_STATES,
  type OverrideScope,
  type OverrideState,
} from '../../domain/override.js';

/** What PostgreSQL can keep: no control character but white space, no half of a surrogate pair. */
const STORABLE = /^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u;
const isSent = (_: unknown, value: unknown) => value !== undefined;

export class PinPlatformDto {
  @ApiProperty({ enum: OVERRIDE_STATES })
  @IsIn(OVERRIDE_STATES, { message: `state must be one of: ${OVERRIDE_STATES.join(', ')}` })
  state!: OverrideState;

  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Shown with every decision it causes.' })
  @Matches(STORABLE, { message: 'reason contains a control character or half of a character. Remove it.' })
  @Length(1, 500, { message: 'reason must have 1 to 500 characters: say why, it is shown with every decision' })
  reason!: string;

  @ApiPropertyOptional({ description: 'Every region when left out.' })
  @ValidateIf(isSent)
  @Matches(REGION_PATTERN, { message: 'region must be 2 to 10 lower-case letters, for example us' })
  region?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'At most 24 hours ahead; or send forSeconds.' })
  @ValidateIf(isSent)
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message: 'expiresAt must carry its offset, for example 2027-01-31T00:00:00Z' })
  expiresAt?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: OVERRIDE_MAX_MS / 1000, default: 14_400 })
  @ValidateIf(isSent)
  @IsInt()
  @Min(1)
  @Max(OVERRIDE_MAX_MS / 1000)
  forSeconds?: number;

  @ApiPropertyOptional({ enum: OVERRIDE_SCOPES, default: 'workspace', description: 'instance needs an operator key.' })
  @ValidateIf(isSent)
  @IsIn(OVERRIDE_SCOPES, { message: `scope must be one of: ${OVERRIDE_SCOPES.join(', ')}` })
  scope: OverrideScope = 'workspace';
}

export class OverrideDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: OVERRIDE_SCOPES })
  scope!: string;
  @ApiProperty()
  platform!: string;
  @ApiPropertyOptional({ description: 'Absent: every region.' })
  region?: string;
  @ApiProperty({ enum: OVERRIDE_STATES })
  state!: string;
  @ApiProperty()
  reason!: string;
  @ApiProperty({ example: 'key:4fKq81Zb' })
  author!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class OverridePageDto {
  @ApiProperty({ type: [OverrideDto] })
  items!: readonly OverrideDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toOverrideDto = (override: Override): OverrideDto => ({
  id: override.id,
  scope: override.scope,
  platform: override.platform,
  ...(override.region === undefined ? {} : { region: override.region }),
  state: override.state,
  reason: override.reason,
  author: override.author,
  createdAt: override.createdAt.toISOString(),
  expiresAt: override.expiresAt.toISOString(),
});
