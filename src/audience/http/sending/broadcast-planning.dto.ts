import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { IsInstant } from '../../../infra/http/is-instant.js';
import type { PreflightReport } from '../../application/sending/preflight.js';
import {
  DOMAIN_CHECKS,
  type DomainCheckName,
  type Finding,
  isBlocking,
  PREFLIGHT_CHECKS,
} from '../../domain/sending/finding.js';
import type { TestedAddress } from '../../application/sending/test-broadcast.js';

/** What lets a broadcast out although something speaks for a second look. */
export class SendBroadcastDto {
  @ApiPropertyOptional({
    minimum: 0,
    description: 'How many people would get it, within 5 %; asked for from BROADCAST_CONFIRM_FROM recipients on.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  confirmRecipients?: number;

  @ApiPropertyOptional({
    enum: DOMAIN_CHECKS,
    isArray: true,
    description: 'Blocking findings of these checks do not stop it; the journal keeps who accepted them.',
  })
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @IsIn(DOMAIN_CHECKS, { each: true })
  acceptFindings?: DomainCheckName[];
}

export class TestBroadcastDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 5, example: ['ana@studio.example'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsEmail({}, { each: true })
  @MaxLength(320, { each: true })
  to!: string[];
}

export class TestedAddressResponse {
  @ApiProperty()
  to!: string;
  @ApiProperty({ enum: ['accepted', 'refused', 'unknown'] })
  state!: string;
  @ApiProperty({ description: 'What the mail server said.' })
  detail!: string;
}

export class TestedBroadcastResponse {
  @ApiProperty({ type: [TestedAddressResponse] })
  results!: readonly TestedAddressResponse[];
}

export const toTested = (results: readonly TestedAddress[]): TestedBroadcastResponse => ({
  results: results.map(({ to, delivery }) => ({
    to,
    state: delivery.kind,
    detail: delivery.kind === 'unknown' ? delivery.detail : delivery.reply,
  })),
});

export class ScheduleBroadcastDto extends SendBroadcastDto {
  @ApiProperty({ format: 'date-time' })
  @IsInstant('scheduledAt')
  scheduledAt!: Date;
}

export class FindingResponse {
  @ApiProperty({ enum: PREFLIGHT_CHECKS })
  check!: string;
  @ApiProperty({ enum: ['warning', 'blocking'], description: '`blocking`: it cannot be sent like this.' })
  level!: string;
  @ApiProperty({ description: 'What is wrong and what to do.' })
  message!: string;
  @ApiPropertyOptional({ enum: ['subject', 'bodyText', 'bodyHtml'] })
  field?: string;
}

export class PreflightResponse {
  @ApiProperty({ enum: ['green', 'yellow', 'red'] })
  verdict!: string;
  @ApiProperty({ description: 'How many people would get it now.' })
  recipients!: number;
  @ApiProperty({ description: 'People it was written for.' })
  samples!: number;
  @ApiProperty({ description: 'The largest message, with all its parts.' })
  bytes!: number;
  @ApiProperty({ type: [FindingResponse] })
  findings!: readonly FindingResponse[];
}

export const toPreflight = ({ recipients, samples, findings }: PreflightReport): PreflightResponse => ({
  verdict: findings.some(isBlocking) ? 'red' : findings.length > 0 ? 'yellow' : 'green',
  recipients,
  samples: samples.length,
  bytes: Math.max(0, ...samples.map(({ raw }) => raw.byteLength)),
  findings: findings.map(toFinding),
});

export const toFinding = ({ check, level, message, field }: Finding): FindingResponse => ({
  check,
  level,
  message,
  ...(field === undefined ? {} : { field }),
});
