import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { SEVERITIES } from '../../domain/notifications/change.js';
import {
  NOTIFICATION_STATES,
  type Notification,
  type NotificationState,
} from '../../domain/notifications/ledger.port.js';

const FAMILIES = ['incident', 'post', 'account', 'drill', 'radar', 'digest', 'test'];

export class NotificationDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: NOTIFICATION_STATES })
  @IsOptional()
  @IsIn(NOTIFICATION_STATES)
  state?: NotificationState;
}

export class NotificationDeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: FAMILIES, description: 'What it is about.' })
  family!: string;
  @ApiProperty({ enum: SEVERITIES })
  severity!: string;
  @ApiProperty({
    enum: NOTIFICATION_STATES,
    description:
      '`gathering`: more may join; `quiet`: kept for the digest; `waiting`: to be sent; `sending`; `delivered`; `failed`: given up; `unknown`: nobody can say whether it arrived; `digested`: told in `digestId`.',
  })
  state!: string;
  @ApiProperty({ description: 'How many things it tells of.' })
  count!: number;
  @ApiPropertyOptional({ description: 'Once it has gathered.' })
  subject?: string;
  @ApiPropertyOptional()
  text?: string;
  @ApiProperty()
  tries!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'While it waits: when it closes, leaves quiet, or is due.' })
  nextAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When the last send began.' })
  lastTryAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  endedAt?: string;
  @ApiPropertyOptional({ description: "The other side's code at the last send." })
  code?: string;
  @ApiPropertyOptional({ description: 'What came back at the last send, or why there was none.' })
  detail?: string;
  @ApiPropertyOptional()
  durationMs?: number;
  @ApiPropertyOptional({ format: 'uuid' })
  digestId?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class NotificationDeliveryPageDto {
  @ApiProperty({ type: [NotificationDeliveryDto] })
  items!: readonly NotificationDeliveryDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const ENDED: readonly NotificationState[] = ['delivered', 'failed', 'unknown', 'digested'];

const given = <Name extends string, T>(name: Name, value: T | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: T };

const instant = <Name extends string>(name: Name, at: Date | null) => given(name, at && at.toISOString());

export const toNotificationDto = (one: Notification): NotificationDeliveryDto => ({
  id: one.id,
  family: one.family,
  severity: one.severity,
  state: one.state,
  count: one.count,
  ...given('subject', one.subject),
  ...given('text', one.text),
  tries: one.tries,
  ...instant('nextAt', ENDED.includes(one.state) ? null : one.nextAt),
  ...instant('lastTryAt', one.intentAt),
  ...instant('endedAt', one.endedAt),
  ...given('code', one.code),
  ...given('detail', one.detail),
  ...given('durationMs', one.durationMs),
  ...given('digestId', one.digestId),
  createdAt: one.createdAt.toISOString(),
});
