import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { EndedSend } from '../../application/notifications/send-notification.js';
import { NOTIFICATION_KINDS, SEVERITIES } from '../../domain/notifications/change.js';
import { type Channel, CHANNEL_KINDS, statusOfChannel } from '../../domain/notifications/channel.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';
import { ChannelQuietHoursDto } from './notification-channel.dto.js';

export class MailedCodeDto {
  @ApiProperty({ enum: ['sent', 'failed', 'unknown'] })
  state!: 'sent' | 'failed' | 'unknown';
  @ApiProperty({ description: 'What the mail server said.' })
  detail!: string;
}

export class NotificationChannelDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: ['workspace', 'instance'] })
  scope!: string;
  @ApiProperty({ enum: CHANNEL_KINDS })
  kind!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'Where it leads, without what would open it.', example: 'jo…@example.com' })
  destination!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  webhookId?: string;
  @ApiProperty({ enum: ['unverified', 'active', 'failing', 'disabled'] })
  status!: string;
  @ApiProperty({ enum: NOTIFICATION_KINDS, isArray: true, description: 'Empty: everything.' })
  kinds!: readonly string[];
  @ApiProperty({ enum: SEVERITIES })
  minSeverity!: string;
  @ApiPropertyOptional({ type: ChannelQuietHoursDto })
  quietHours?: ChannelQuietHoursDto;
  @ApiProperty({ enum: NOTIFICATION_KINDS, isArray: true })
  urgentKinds!: readonly string[];
  @ApiPropertyOptional({ format: 'date-time', description: 'Only what happened afterwards is told.' })
  verifiedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'First of the failures since the last success.' })
  failingSince?: string;
  @ApiPropertyOptional({ description: 'Why the last message did not arrive.' })
  lastError?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  disabledAt?: string;
  @ApiPropertyOptional({ enum: ['person', 'gone'], description: '"gone": the address or token is dead.' })
  disabledReason?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ChannelWithCodeDto extends NotificationChannelDto {
  @ApiPropertyOptional({ type: MailedCodeDto, description: 'Only in the first answer, when a code was mailed.' })
  verification?: MailedCodeDto;
}

export class NotificationChannelPageDto {
  @ApiProperty({ type: [NotificationChannelDto] })
  items!: readonly NotificationChannelDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class TestedChannelDto {
  @ApiProperty({ format: 'uuid', description: 'In the log of the channel.' })
  deliveryId!: string;
  @ApiProperty({
    enum: ['delivered', 'failed', 'unknown'],
    description: 'For a webhook, "delivered" means handed over: its own log tells what the receiver answered.',
  })
  state!: 'delivered' | 'failed' | 'unknown';
  @ApiProperty({ description: 'What came back.' })
  detail!: string;
  @ApiPropertyOptional({ description: "The other side's code." })
  code?: string;
  @ApiProperty()
  durationMs!: number;
}

const instant = <Name extends string>(name: Name, at: Date | null) =>
  (at ? { [name]: at.toISOString() } : {}) as { [Key in Name]?: string };

export const toChannelDto = (channel: Channel): NotificationChannelDto => ({
  id: channel.id,
  scope: channel.scope,
  kind: channel.kind,
  name: channel.name,
  destination: channel.hint,
  ...(channel.webhookId === null ? {} : { webhookId: channel.webhookId }),
  status: statusOfChannel(channel),
  kinds: channel.kinds,
  minSeverity: channel.minSeverity,
  ...(channel.quietHours ? { quietHours: channel.quietHours } : {}),
  urgentKinds: channel.urgentKinds,
  ...instant('verifiedAt', channel.verifiedAt),
  ...instant('failingSince', channel.failingSince),
  ...(channel.lastError === null ? {} : { lastError: channel.lastError }),
  ...instant('disabledAt', channel.disabledAt),
  ...(channel.disabledReason === null ? {} : { disabledReason: channel.disabledReason }),
  createdAt: channel.createdAt.toISOString(),
});

const CODE_STATES = { delivered: 'sent', not_sent: 'failed', unknown: 'unknown' } as const;

export const toMailedCodeDto = ({ kind, detail }: SendResult): MailedCodeDto => ({ state: CODE_STATES[kind], detail });

export const toTestedDto = (deliveryId: string, { result, verdict, durationMs }: EndedSend): TestedChannelDto => ({
  deliveryId,
  state: verdict.kind === 'delivered' || verdict.kind === 'unknown' ? verdict.kind : 'failed',
  detail: result.detail,
  ...(result.code === undefined ? {} : { code: result.code }),
  durationMs: Math.round(durationMs),
});
