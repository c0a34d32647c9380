import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { EVENT_TYPES, type EventType } from '../../../kernel/event-catalogue.js';
import { OVERLAP_MS, type Delivery, type DeliveryState, type Webhook } from '../../domain/webhooks/webhook.js';

const WEEK_SECONDS = 604_800;
const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

export class CreateWebhookDto {
  @ApiProperty({ format: 'uri', maxLength: 2000, description: 'A public https address.' })
  @Length(1, 2000)
  url!: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'For you to tell webhooks apart.' })
  @IfGiven()
  @MaxLength(200)
  description?: string;

  @ApiPropertyOptional({
    enum: EVENT_TYPES,
    isArray: true,
    description: 'What to tell; empty or left out: everything.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(EVENT_TYPES, { each: true, message: `each event must be one of: ${EVENT_TYPES.join(', ')}` })
  events?: EventType[];
}

export class UpdateWebhookDto extends PartialType(CreateWebhookDto, { skipNullProperties: false }) {
  @ApiPropertyOptional({ description: 'false switches it off, true on again; what waits is sent then.' })
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;
}

export class RotateSecretDto {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: WEEK_SECONDS,
    default: OVERLAP_MS / 1000,
    description: 'How long messages carry a signature by the old secret too; 0: it is dead at once.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(WEEK_SECONDS)
  overlapSeconds: number = OVERLAP_MS / 1000;
}

export class WebhookDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uri' })
  url!: string;
  @ApiProperty()
  description!: string;
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, description: 'Empty: everything.' })
  events!: readonly string[];
  @ApiProperty({ enum: ['enabled', 'disabled'] })
  status!: 'enabled' | 'disabled';
  @ApiPropertyOptional({ enum: ['person', 'gone', 'failing'] })
  disabledReason?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  disabledAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'First of the failures since the last success.' })
  failingSince?: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Until when the secret before the last rotation signs too.',
  })
  previousSecretUntil?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class WebhookWithSecretDto extends WebhookDto {
  @ApiPropertyOptional({ example: 'whsec_…', description: 'Only in the first answer, never again.' })
  secret?: string;
}

export class WebhookPageDto {
  @ApiProperty({ type: [WebhookDto] })
  items!: readonly WebhookDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;
}

export class DeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'The header webhook-id: the id of the event.' })
  messageId!: string;
  @ApiProperty()
  type!: string;
  @ApiProperty({ enum: DELIVERY_STATES })
  state!: DeliveryState;
  @ApiProperty()
  tries!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'While it waits: when it is tried next.' })
  nextTryAt?: string;
  @ApiPropertyOptional({ description: 'HTTP status of the last answer.' })
  statusCode?: number;
  @ApiPropertyOptional({ description: 'Why the last try was no success.' })
  error?: string;
  @ApiPropertyOptional({ description: 'Of the last try.' })
  durationMs?: number;
  @ApiPropertyOptional({ format: 'date-time' })
  lastTryAt?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class DeliveryWithBodyDto extends DeliveryDto {
  @ApiProperty({ description: 'What is sent, byte for byte.' })
  body!: string;
}

export class DeliveryPageDto {
  @ApiProperty({ type: [DeliveryDto] })
  items!: readonly DeliveryDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const instant = <Name extends string>(name: Name, at: Date | null) =>
  (at ? { [name]: at.toISOString() } : {}) as { [Key in Name]?: string };

export const toWebhookDto = (webhook: Webhook): WebhookDto => ({
  id: webhook.id,
  url: webhook.url,
  description: webhook.description,
  events: webhook.events,
  status: webhook.disabledAt ? 'disabled' : 'enabled',
  ...(webhook.disabledReason ? { disabledReason: webhook.disabledReason } : {}),
  ...instant('disabledAt', webhook.disabledAt),
  ...instant('failingSince', webhook.failingSince),
  ...instant('previousSecretUntil', webhook.previousUntil),
  createdAt: webhook.createdAt.toISOString(),
});

export const toDeliveryDto = (delivery: Delivery): DeliveryDto => ({
  id: delivery.id,
  messageId: delivery.messageId,
  type: delivery.type,
  state: delivery.state,
  tries: delivery.tries,
  ...instant('nextTryAt', delivery.state === 'waiting' ? delivery.nextAt : null),
  ...(delivery.code === null ? {} : { statusCode: delivery.code }),
  ...(delivery.error === null ? {} : { error: delivery.error }),
  ...(delivery.durationMs === null ? {} : { durationMs: delivery.durationMs }),
  ...instant('lastTryAt', delivery.lastTryAt),
  createdAt: delivery.createdAt.toISOString(),
});
