import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { type Channel, CHANNELS } from '../../domain/lists/channels.js';
import { REASONS_BY_STRENGTH, type StoredSuppression } from '../../domain/lists/suppressions.port.js';
import type { SuppressionReason } from '../../domain/lists/subscriber.js';

const GIVEN_REASONS = ['manual', 'unsubscribed', 'bounced', 'complained'] as const;
/** HMAC-SHA-256. */
export const HMAC = /^[0-9a-f]{64}$/;

export class SuppressionWishDto {
  @ApiProperty({ enum: CHANNELS })
  @IsIn(CHANNELS)
  channel!: Channel;

  @ApiPropertyOptional({ example: 'ana@example.org', description: 'An address, or a number such as +33612345678.' })
  @ValidateIf(({ addressHmac }: SuppressionWishDto) => addressHmac === undefined)
  @IsString()
  @Length(1, 320)
  address?: string;

  @ApiPropertyOptional({ description: 'In place of the address: its keyed hash, from your own export.' })
  @IfGiven()
  @Matches(HMAC, { message: 'addressHmac must be 64 hexadecimal digits, as the export writes them' })
  addressHmac?: string;

  @ApiPropertyOptional({ enum: GIVEN_REASONS, default: 'manual' })
  @IfGiven()
  @IsIn(GIVEN_REASONS)
  reason: (typeof GIVEN_REASONS)[number] = 'manual';

  @ApiPropertyOptional({
    maxLength: 500,
    description: 'Where it comes from. Without personal data: it outlives erasure.',
  })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  note?: string;
}

export class AddSuppressionsDto {
  @ApiProperty({ type: [SuppressionWishDto], minItems: 1, maxItems: 1000 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SuppressionWishDto)
  suppressions!: SuppressionWishDto[];
}

export class SuppressionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CHANNELS })
  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  @ApiPropertyOptional({ enum: REASONS_BY_STRENGTH })
  @IsOptional()
  @IsIn(REASONS_BY_STRENGTH)
  reason?: SuppressionReason;
}

export class FindSuppressionDto {
  @ApiProperty({ enum: CHANNELS })
  @IsIn(CHANNELS)
  channel!: Channel;

  @ApiProperty()
  @IsString()
  @Length(1, 320)
  address!: string;
}

export class SuppressionDto {
  @ApiProperty({ enum: CHANNELS })
  channel!: string;
  @ApiProperty({ description: 'Keyed hash of the address, hexadecimal; what is left of it after erasure.' })
  addressHmac!: string;
  @ApiPropertyOptional({ description: 'While someone on the list has it.' })
  address?: string;
  @ApiProperty({ enum: REASONS_BY_STRENGTH })
  reason!: string;
  @ApiPropertyOptional()
  note?: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class SuppressionPageDto {
  @ApiProperty({ type: [SuppressionDto] })
  items!: readonly SuppressionDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class SuppressionVerdictDto {
  @ApiProperty({ description: 'Place in the request, from 0.' })
  index!: number;
  @ApiProperty({ enum: ['suppressed', 'bad_address'] })
  verdict!: string;
}

export class SuppressionVerdictsDto {
  @ApiProperty({ type: [SuppressionVerdictDto] })
  items!: readonly SuppressionVerdictDto[];
}

export const toSuppressionDto = ({
  channel,
  addressHmac,
  address,
  reason,
  note,
  at,
}: StoredSuppression): SuppressionDto => ({
  channel,
  addressHmac: addressHmac.toString('hex'),
  ...(address === null ? {} : { address }),
  reason,
  ...(note == null ? {} : { note }),
  at: at.toISOString(),
});
