import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { RECIPIENT_STATES, type RecipientState } from '../../domain/sending/broadcast.js';
import { amountOf } from '../../domain/sms/sms-costs.js';
import type { SmsRow } from '../../domain/sms/sms-ledger.port.js';
import { SMS_RECEIPTS, type SmsReceiptState } from '../../domain/sms/sms-receipt.js';
import type { SmsPreview } from '../../application/sms/preview-sms.js';

/** What PostgreSQL and phones can keep: no control character but a line break, no half of a surrogate pair. */
const SENDABLE = /^(?:[^\p{Cc}\p{Cs}]|\n)*$/u;

export class SmsTextDto {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: 1600,
    description: 'May hold {{ workspace.name }}, {{ incident.platformName }}, {{ pageUrl }}. null: our own words.',
  })
  @ValidateIf((body: SmsTextDto) => body.text !== null)
  @IsString()
  @Length(1, 1600)
  @Matches(SENDABLE, { message: 'text contains a control character or half of a character. Remove it.' })
  text!: string | null;
}

export class SmsCountryCostDto {
  @ApiProperty({ example: 'US' })
  country!: string;

  @ApiProperty()
  recipients!: number;

  @ApiProperty({ example: '0.32' })
  amount!: string;
}

export class SmsPreviewResponse {
  @ApiProperty()
  text!: string;

  @ApiProperty({ enum: ['gsm7', 'ucs2'] })
  encoding!: 'gsm7' | 'ucs2';

  @ApiProperty({ description: 'Segments of one text; each is billed.' })
  segmentsEach!: number;

  @ApiProperty({ type: [String], description: 'Characters that make it a 16-bit text of more segments.' })
  costlyCharacters!: string[];

  @ApiProperty({ description: 'Phones it would go to now.' })
  recipients!: number;

  @ApiProperty({ description: 'Segments in all.' })
  segments!: number;

  @ApiProperty({ example: '12.50', description: 'By the prices in the SMS settings.' })
  amount!: string;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ type: [SmsCountryCostDto] })
  countries!: SmsCountryCostDto[];

  @ApiProperty({ description: 'Phones in countries without a price: nothing is sent there.' })
  notAllowed!: number;

  @ApiProperty({ description: "Phones beyond the broadcast's spend cap: nothing is sent to them." })
  overCap!: number;
}

export class SmsMessagesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RECIPIENT_STATES })
  @IsOptional()
  @IsIn(RECIPIENT_STATES)
  state?: RecipientState;
}

export class SmsMessageResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  subscriberId!: string;

  @ApiPropertyOptional({ description: 'Left out once erased.' })
  phone?: string;

  @ApiProperty({ enum: RECIPIENT_STATES })
  state!: RecipientState;

  @ApiProperty({ example: 'US' })
  country!: string;

  @ApiProperty()
  segments!: number;

  @ApiProperty({ example: '0.0079' })
  amount!: string;

  @ApiProperty()
  tries!: number;

  @ApiPropertyOptional()
  reply?: string;

  @ApiPropertyOptional({ enum: SMS_RECEIPTS, description: 'What the carrier said last.' })
  receipt?: SmsReceiptState;

  @ApiPropertyOptional({ description: "The provider's code with it." })
  receiptCode?: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class SmsMessagePageResponse {
  @ApiProperty({ type: [SmsMessageResponse] })
  items!: readonly SmsMessageResponse[];

  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toSmsPreview = ({ text, size, costlyCharacters, cost, currency }: SmsPreview): SmsPreviewResponse => ({
  text,
  encoding: size.encoding,
  segmentsEach: size.segments,
  costlyCharacters: [...costlyCharacters],
  recipients: cost.recipients,
  segments: cost.segments,
  amount: amountOf(cost.micros),
  currency,
  countries: cost.countries.map(({ country, recipients, micros }) => ({
    country,
    recipients,
    amount: amountOf(micros),
  })),
  notAllowed: cost.notAllowed,
  overCap: cost.overCap,
});

export const toSmsMessage = (row: SmsRow): SmsMessageResponse => ({
  id: row.id,
  subscriberId: row.subscriberId,
  ...(row.phone === null ? {} : { phone: row.phone }),
  state: row.state,
  country: row.country,
  segments: row.segments,
  amount: amountOf(row.costMicros),
  tries: row.tries,
  ...(row.reply === null ? {} : { reply: row.reply }),
  ...(row.receipt === null ? {} : { receipt: row.receipt }),
  ...(row.receiptCode === null ? {} : { receiptCode: row.receiptCode }),
  updatedAt: row.updatedAt.toISOString(),
});
