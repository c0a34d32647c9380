import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import {
  type AccountReaction,
  ACCOUNT_REACTIONS,
  ANY_PLATFORM,
  DEFAULT_POLICY,
  type Failback,
  FAILBACKS,
  type PlatformReaction,
  PLATFORM_REACTIONS,
  ROUTE_SCOPES,
  type RouteScope,
  type UnknownReaction,
  UNKNOWN_REACTIONS,
} from '../../domain/route.js';

const MAX_ACCOUNTS = 20;
const WEEK_SECONDS = 604_800;
const THIRTY_DAYS_SECONDS = 2_592_000;
const PLATFORMS = [ANY_PLATFORM, ...PLATFORM_NAMES];
/** What PostgreSQL can keep: no control character but white space, no half of a surrogate pair. */
const STORABLE = /^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u;
const isSent = (_: unknown, value: unknown) => value !== undefined;

/** What a route does; everything may be left out. */
export class RoutePolicyDto {
  @ApiPropertyOptional({ enum: PLATFORM_REACTIONS, default: DEFAULT_POLICY.onDegraded })
  @ValidateIf(isSent)
  @IsIn(PLATFORM_REACTIONS)
  onDegraded?: PlatformReaction;

  @ApiPropertyOptional({ enum: PLATFORM_REACTIONS, default: DEFAULT_POLICY.onDown })
  @ValidateIf(isSent)
  @IsIn(PLATFORM_REACTIONS)
  onDown?: PlatformReaction;

  @ApiPropertyOptional({ enum: UNKNOWN_REACTIONS, default: DEFAULT_POLICY.onUnknown })
  @ValidateIf(isSent)
  @IsIn(UNKNOWN_REACTIONS)
  onUnknown?: UnknownReaction;

  @ApiPropertyOptional({ enum: ACCOUNT_REACTIONS, default: DEFAULT_POLICY.onAccountTrouble })
  @ValidateIf(isSent)
  @IsIn(ACCOUNT_REACTIONS)
  onAccountTrouble?: AccountReaction;

  @ApiPropertyOptional({ minimum: 0, maximum: WEEK_SECONDS, default: DEFAULT_POLICY.holdForSeconds })
  @ValidateIf(isSent)
  @IsInt()
  @Min(0)
  @Max(WEEK_SECONDS)
  holdForSeconds?: number;

  @ApiPropertyOptional({ minimum: 60, maximum: THIRTY_DAYS_SECONDS, default: DEFAULT_POLICY.staleAfterSeconds })
  @ValidateIf(isSent)
  @IsInt()
  @Min(60)
  @Max(THIRTY_DAYS_SECONDS)
  staleAfterSeconds?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: THIRTY_DAYS_SECONDS, nullable: true, type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(THIRTY_DAYS_SECONDS)
  broadcastAfterSeconds?: number | null;

  @ApiPropertyOptional({ enum: FAILBACKS, default: DEFAULT_POLICY.failback })
  @ValidateIf(isSent)
  @IsIn(FAILBACKS)
  failback?: Failback;

  @ApiPropertyOptional({ default: DEFAULT_POLICY.removeLate })
  @ValidateIf(isSent)
  @IsBoolean()
  removeLate?: boolean;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Accounts that get the live links.' })
  @ValidateIf(isSent)
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  announce?: string[];

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, nullable: true, type: Number })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  maxExtraPerDay?: number | null;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Accounts to go to instead, best first.' })
  @ValidateIf(isSent)
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @ArrayUnique({ message: 'An account stands twice in fallbacks. Name each once, best first.' })
  @IsUUID('all', { each: true })
  fallbacks?: string[];
}

export class CreateRouteDto extends RoutePolicyDto {
  @ApiProperty({ enum: ROUTE_SCOPES })
  @IsIn(ROUTE_SCOPES, { message: `scope must be one of: ${ROUTE_SCOPES.join(', ')}` })
  scope!: RouteScope;

  @ApiPropertyOptional({ description: 'A platform, account id, tag or post id; left out for the workspace.' })
  @ValidateIf(isSent)
  @IsString()
  @MaxLength(100)
  @Matches(STORABLE, { message: 'scopeId contains a control character or half of a character. Remove it.' })
  scopeId?: string;

  @ApiPropertyOptional({ enum: PLATFORMS, default: ANY_PLATFORM, description: 'Whose trouble it answers.' })
  @ValidateIf(isSent)
  @IsIn(PLATFORMS, { message: `platform must be one of: ${PLATFORMS.join(', ')}` })
  platform?: string;
}

export class ListRoutesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROUTE_SCOPES })
  @IsOptional()
  @IsIn(ROUTE_SCOPES)
  scope?: RouteScope;
}
