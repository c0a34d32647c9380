import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsFQDN, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { recordNameOf } from '../../application/sending/sending-domain-desk.js';
import type { SendingDomain } from '../../domain/sending/sending-domains.port.js';
import { FindingResponse, toFinding } from './broadcast-planning.dto.js';

export class CreateSendingDomainDto {
  @ApiProperty({ example: 'studio.example' })
  @IsFQDN({}, { message: 'domain must be a domain such as studio.example' })
  @Length(1, 253)
  domain!: string;

  @ApiProperty({
    description: 'Address at the domain, with or without a name.',
    example: 'Studio <news@studio.example>',
  })
  @IsString()
  @Length(3, 300)
  @Matches(/^(?:\P{Cc}*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, {
    message: 'sender must be an address, or Name <address>, on one line',
  })
  sender!: string;

  @ApiPropertyOptional({ maxLength: 60, default: 'perennial', description: 'First part of the record’s name.' })
  @IfGiven()
  @IsString()
  @Matches(/^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$/i, { message: 'selector must be letters, digits and hyphens' })
  selector?: string;
}

export class DnsRecordResponse {
  @ApiProperty({ enum: ['TXT'] })
  type!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  value!: string;
}

export class SendingDomainResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  domain!: string;
  @ApiProperty()
  sender!: string;
  @ApiProperty({ type: DnsRecordResponse, description: 'What its owner publishes.' })
  record!: DnsRecordResponse;
  @ApiPropertyOptional({ format: 'date-time' })
  verifiedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  checkedAt?: string;
  @ApiProperty({ type: [FindingResponse], description: 'Of the last look.' })
  findings!: readonly FindingResponse[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class SendingDomainPageResponse {
  @ApiProperty({ type: [SendingDomainResponse] })
  items!: readonly SendingDomainResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toSendingDomain = (domain: SendingDomain): SendingDomainResponse => ({
  id: domain.id,
  domain: domain.domain,
  sender: domain.sender,
  record: { type: 'TXT', name: recordNameOf(domain), value: `v=DKIM1; k=rsa; p=${domain.publicKey}` },
  ...(domain.verifiedAt === null ? {} : { verifiedAt: domain.verifiedAt.toISOString() }),
  ...(domain.checkedAt === null ? {} : { checkedAt: domain.checkedAt.toISOString() }),
  findings: domain.findings.map(toFinding),
  createdAt: domain.createdAt.toISOString(),
});
