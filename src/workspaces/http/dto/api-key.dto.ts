import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsISO8601, IsOptional, Length, Matches } from 'class-validator';
import { type Scope, SCOPES } from '../../../infra/http/principal.js';
import type { ApiKey } from '../../domain/api-key.js';

export class CreateApiKeyDto {
  @ApiProperty({ minLength: 1, maxLength: 200, description: 'For you to tell keys apart.' })
  @Length(1, 200)
  name!: string;

  @ApiProperty({ enum: SCOPES, enumName: 'ApiKeyScope', isArray: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPES.length)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true, message: `each scope must be one of: ${SCOPES.join(', ')}` })
  scopes!: Scope[];

  @ApiPropertyOptional({ format: 'date-time', description: 'When the key stops working; never when left out.' })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message: 'expiresAt must carry its offset, for example 2027-01-31T00:00:00Z' })
  expiresAt?: string;
}

export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: ['workspace', 'operator'] })
  kind!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ example: 'prn_live_4fKq81Zb', description: 'The public start of the key.' })
  prefix!: string;
  @ApiProperty({ enum: SCOPES, enumName: 'ApiKeyScope', isArray: true })
  scopes!: readonly string[];
  @ApiPropertyOptional({ format: 'date-time' })
  expiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  revokedAt?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiPropertyOptional({ description: 'The key itself: only in the first answer, never again.' })
  key?: string;
}

export class ApiKeyPageDto {
  @ApiProperty({ type: [ApiKeyDto] })
  items!: readonly ApiKeyDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toApiKeyDto = (key: ApiKey): ApiKeyDto => ({
  id: key.id,
  kind: key.kind,
  name: key.name,
  prefix: key.prefix,
  scopes: key.scopes,
  ...(key.expiresAt ? { expiresAt: key.expiresAt.toISOString() } : {}),
  ...(key.revokedAt ? { revokedAt: key.revokedAt.toISOString() } : {}),
  createdAt: key.createdAt.toISOString(),
});
