import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { IsInstant } from '../../../infra/http/is-instant.js';
import type { PreflightReport } from '../../application/sending/preflight.js';
import { type Finding, isBlocking, PREFLIGHT_CHECKS } from '../../domain/sending/finding.js';

/** For large lists: the caller has seen how many people there are. */
export class ConfirmRecipientsDto {
  @ApiPropertyOptional({
    minimum: 0,
    description: 'How many people would get it, within 5 %; asked for from BROADCAST_CONFIRM_FROM recipients on.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  confirmRecipients?: number;
}

export class ScheduleBroadcastDto extends ConfirmRecipientsDto {
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
