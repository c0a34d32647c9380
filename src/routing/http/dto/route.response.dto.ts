import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ACCOUNT_REACTIONS,
  FAILBACKS,
  PLATFORM_REACTIONS,
  ROUTE_SCOPES,
  UNKNOWN_REACTIONS,
} from '../../domain/route.js';
import type { StoredRoute } from '../../domain/stored-route.js';

export class RouteDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: ROUTE_SCOPES })
  scope!: string;
  @ApiPropertyOptional({ description: 'Absent for a route of the workspace.' })
  scopeId?: string;
  @ApiProperty({ example: '*' })
  platform!: string;
  @ApiProperty({ enum: PLATFORM_REACTIONS })
  onDegraded!: string;
  @ApiProperty({ enum: PLATFORM_REACTIONS })
  onDown!: string;
  @ApiProperty({ enum: UNKNOWN_REACTIONS })
  onUnknown!: string;
  @ApiProperty({ enum: ACCOUNT_REACTIONS })
  onAccountTrouble!: string;
  @ApiProperty()
  holdForSeconds!: number;
  @ApiProperty()
  staleAfterSeconds!: number;
  @ApiPropertyOptional({ description: 'Absent: the backup list is never asked for.' })
  broadcastAfterSeconds?: number;
  @ApiProperty({ enum: FAILBACKS })
  failback!: string;
  @ApiProperty()
  removeLate!: boolean;
  @ApiProperty({ type: [String] })
  announce!: readonly string[];
  @ApiPropertyOptional()
  maxExtraPerDay?: number;
  @ApiProperty({ type: [String], description: 'Best first.' })
  fallbacks!: readonly string[];
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class RoutePageDto {
  @ApiProperty({ type: [RouteDto] })
  items!: readonly RouteDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toRouteDto = ({ policy, ...route }: StoredRoute): RouteDto => ({
  id: route.id,
  scope: route.scope,
  ...(route.scopeId === '' ? {} : { scopeId: route.scopeId }),
  platform: route.platform,
  onDegraded: policy.onDegraded,
  onDown: policy.onDown,
  onUnknown: policy.onUnknown,
  onAccountTrouble: policy.onAccountTrouble,
  holdForSeconds: policy.holdForSeconds,
  staleAfterSeconds: policy.staleAfterSeconds,
  ...(policy.broadcastAfterSeconds === undefined ? {} : { broadcastAfterSeconds: policy.broadcastAfterSeconds }),
  failback: policy.failback,
  removeLate: policy.removeLate,
  announce: policy.announce,
  ...(policy.maxExtraPerDay === undefined ? {} : { maxExtraPerDay: policy.maxExtraPerDay }),
  fallbacks: policy.fallbacks,
  version: route.version,
  createdAt: route.createdAt.toISOString(),
  updatedAt: route.updatedAt.toISOString(),
});
