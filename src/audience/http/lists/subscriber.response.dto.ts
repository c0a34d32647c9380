import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Violation } from '../../../kernel/domain-error.js';
import { isChainIntact } from '../../domain/lists/consent.js';
import type { ConsentLine } from '../../domain/lists/consent-ledger.port.js';
import { ACCEPTANCES } from '../../domain/lists/channels.js';
import { PHONE_STATUSES } from '../../domain/lists/phone-consents.port.js';
import { type Subscriber, SUBSCRIBER_STATUSES } from '../../domain/lists/subscriber.js';

export class SubscriberResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiPropertyOptional({ description: 'Absent once erased.' })
  email?: string;
  @ApiProperty({ enum: SUBSCRIBER_STATUSES })
  status!: string;
  @ApiPropertyOptional({ description: 'E.164.' })
  phone?: string;
  @ApiPropertyOptional({ enum: PHONE_STATUSES, description: 'Absent: nobody may send text messages to it.' })
  phoneStatus?: string;
  @ApiProperty({ enum: ACCEPTANCES, isArray: true, description: 'What they want to get, by channel and topic.' })
  accepts!: readonly string[];
  @ApiPropertyOptional()
  language?: string;
  @ApiPropertyOptional()
  zone?: string;
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  attributes!: Readonly<Record<string, string | number | boolean>>;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When they last confirmed.' })
  confirmedAt?: string;
}

export class ConsentLineResponse {
  @ApiProperty({ enum: ['requested', 'given', 'withdrawn', 'declared'] })
  action!: string;
  @ApiProperty()
  purpose!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty()
  textVersion!: string;
  @ApiProperty()
  language!: string;
  @ApiProperty()
  source!: string;
  @ApiPropertyOptional()
  evidence?: string;
  @ApiPropertyOptional()
  ip?: string;
  @ApiPropertyOptional()
  userAgent?: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ description: 'SHA-256 over this line and the one before, hex.' })
  hash!: string;
}

export class SubscriberDetailResponse extends SubscriberResponse {
  @ApiProperty({ type: [ConsentLineResponse], description: 'Oldest first.' })
  consent!: readonly ConsentLineResponse[];
  @ApiProperty({ description: 'False when a line was changed or dropped behind our back.' })
  consentChainIntact!: boolean;
}

export class SubscriberPageResponse {
  @ApiProperty({ type: [SubscriberResponse] })
  items!: readonly SubscriberResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const BULK_VERDICTS = [
  'confirmed',
  'pending',
  'exists',
  'suppressed',
  'limited',
  'duplicate',
  'invalid',
] as const;

export class BulkVerdictResponse {
  @ApiProperty({ description: 'Place in the request, from 0.' })
  index!: number;
  @ApiProperty({ enum: BULK_VERDICTS })
  verdict!: (typeof BULK_VERDICTS)[number];
  @ApiPropertyOptional({ format: 'uuid' })
  subscriberId?: string;
  @ApiPropertyOptional({ type: 'array', items: { type: 'object' } })
  errors?: readonly Violation[];
}

export class BulkResponse {
  @ApiProperty({ type: [BulkVerdictResponse] })
  items!: readonly BulkVerdictResponse[];
}

export class SubscribeResponse {
  @ApiProperty({ enum: ['accepted'] })
  status!: 'accepted';
  @ApiProperty()
  message!: string;
}

export const toSubscriber = (subscriber: Subscriber): SubscriberResponse => ({
  id: subscriber.id,
  ...(subscriber.email === null ? {} : { email: subscriber.email }),
  status: subscriber.status,
  ...(subscriber.phone === null ? {} : { phone: subscriber.phone }),
  ...(subscriber.phoneStatus === null ? {} : { phoneStatus: subscriber.phoneStatus }),
  accepts: subscriber.accepts,
  ...(subscriber.language === null ? {} : { language: subscriber.language }),
  ...(subscriber.zone === null ? {} : { zone: subscriber.zone }),
  tags: subscriber.tags,
  attributes: subscriber.attributes,
  createdAt: subscriber.createdAt.toISOString(),
  ...(subscriber.confirmedAt === null ? {} : { confirmedAt: subscriber.confirmedAt.toISOString() }),
});

export const toSubscriberDetail = (
  subscriber: Subscriber,
  lines: readonly ConsentLine[],
): SubscriberDetailResponse => ({
  ...toSubscriber(subscriber),
  consent: lines.map(toConsentLine),
  consentChainIntact: isChainIntact(lines),
});

const toConsentLine = (line: ConsentLine): ConsentLineResponse => ({
  action: line.action,
  purpose: line.purpose,
  text: line.text,
  textVersion: line.textVersion,
  language: line.language,
  source: line.source,
  ...(line.evidence === undefined ? {} : { evidence: line.evidence }),
  ...(line.ip === undefined ? {} : { ip: line.ip }),
  ...(line.userAgent === undefined ? {} : { userAgent: line.userAgent }),
  at: line.at.toISOString(),
  hash: line.hash.toString('hex'),
});
