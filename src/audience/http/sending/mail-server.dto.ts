import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsFQDN,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { MAX_CONNECTIONS } from '../../domain/sending/mail-server.js';
import {
  SERVER_SECURITIES,
  type ServerFields,
  type ServerSecurity,
  type StoredServer,
} from '../../domain/sending/mail-server-store.port.js';

const DEFAULT_CONNECTIONS = 5;
const MAX_A_DAY = 100_000_000;
const NO_DAY = { message: 'from must be a day such as 2027-01-31' };
const HOST = { require_tld: false, allow_underscores: true, allow_numeric_tld: true };

export class WarmUpDto {
  @ApiProperty({ format: 'date', description: 'First day, in UTC.' })
  @Matches(/^20\d\d-\d\d-\d\d$/, NO_DAY)
  @IsISO8601({ strict: true }, NO_DAY)
  from!: string;

  @ApiProperty({ minimum: 1, description: 'Messages on the first day; 50 is usual.' })
  @IsInt()
  @Min(1)
  @Max(MAX_A_DAY)
  first!: number;

  @ApiProperty({ minimum: 1.1, maximum: 3, description: 'Times more each day; 1.5 to 2 is usual.' })
  @IsNumber()
  @Min(1.1)
  @Max(3)
  factor!: number;

  @ApiProperty({ minimum: 1, description: 'Messages a day at which the plan ends.' })
  @IsInt()
  @Min(1)
  @Max(MAX_A_DAY)
  until!: number;
}

export class CreateMailServerDto {
  @ApiProperty({ description: 'A public host.', example: 'smtp.mail.example' })
  @IsFQDN(HOST, { message: 'host must be a host name or an IPv4 address' })
  @Length(1, 253)
  host!: string;

  @ApiProperty({ minimum: 1, maximum: 65_535, example: 465 })
  @IsInt()
  @Min(1)
  @Max(65_535)
  port!: number;

  @ApiPropertyOptional({
    enum: SERVER_SECURITIES,
    default: 'tls',
    description: '`starttls` is demanded, not only tried.',
  })
  @IfGiven()
  @IsIn(SERVER_SECURITIES)
  security?: ServerSecurity;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  username?: string;

  @ApiPropertyOptional({ maxLength: 1_000, description: 'Stored encrypted, never answered.' })
  @IfGiven()
  @IsString()
  @Length(1, 1_000)
  password?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 1, description: 'Lower goes first.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(100)
  priority?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_CONNECTIONS, default: 5 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_CONNECTIONS)
  connections?: number;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: 'Messages a second to one receiver; null: no limit.',
  })
  @IsOptional()
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  perSecond?: number | null;

  @ApiPropertyOptional({ type: WarmUpDto, nullable: true, description: 'null: it is warm.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => WarmUpDto)
  warmUp?: WarmUpDto | null;

  @ApiPropertyOptional({ default: true })
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateMailServerDto extends PartialType(CreateMailServerDto, { skipNullProperties: false }) {}

export class MailServerResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  host!: string;
  @ApiProperty()
  port!: number;
  @ApiProperty({ enum: SERVER_SECURITIES })
  security!: string;
  @ApiPropertyOptional()
  username?: string;
  @ApiProperty()
  priority!: number;
  @ApiProperty()
  connections!: number;
  @ApiPropertyOptional()
  perSecond?: number;
  @ApiPropertyOptional({ type: WarmUpDto })
  warmUp?: WarmUpDto;
  @ApiProperty()
  enabled!: boolean;
  @ApiProperty({ description: 'Messages of today (UTC), counted while it warms up.' })
  usedToday!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class MailServerPageResponse {
  @ApiProperty({ type: [MailServerResponse] })
  items!: readonly MailServerResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toFields = (body: CreateMailServerDto): ServerFields => ({
  host: body.host.toLowerCase(),
  port: body.port,
  security: body.security ?? 'tls',
  username: body.username ?? null,
  priority: body.priority ?? 1,
  connections: body.connections ?? DEFAULT_CONNECTIONS,
  perSecond: body.perSecond ?? null,
  warmUp: body.warmUp ?? null,
  enabled: body.enabled ?? true,
});

export const toMailServer = (server: StoredServer): MailServerResponse => ({
  id: server.id,
  host: server.host,
  port: server.port,
  security: server.security,
  ...(server.username === null ? {} : { username: server.username }),
  priority: server.priority,
  connections: server.connections,
  ...(server.perSecond === null ? {} : { perSecond: server.perSecond }),
  ...(server.warmUp === null ? {} : { warmUp: server.warmUp }),
  enabled: server.enabled,
  usedToday: server.usedToday,
  createdAt: server.createdAt.toISOString(),
});
