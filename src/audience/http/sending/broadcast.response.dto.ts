import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Preview } from '../../application/sending/preview-broadcast.js';
import {
  type Broadcast,
  BROADCAST_KINDS,
  BROADCAST_STATUSES,
  RECIPIENT_STATES,
  type RecipientCounts,
} from '../../domain/sending/broadcast.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import type { RecipientRow } from '../../domain/sending/recipients.port.js';

export class BroadcastResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: BROADCAST_KINDS })
  kind!: string;
  @ApiProperty({ enum: BROADCAST_STATUSES })
  status!: string;
  @ApiPropertyOptional({ format: 'uuid' })
  incidentId?: string;
  @ApiPropertyOptional({ enum: PLATFORM_NAMES, description: 'Which platform a notice is about.' })
  platform?: PlatformName;
  @ApiProperty({ description: 'As it was written: a Liquid template. The preview says what readers see.' })
  subject!: string;
  @ApiProperty()
  bodyText!: string;
  @ApiPropertyOptional()
  bodyHtml?: string;
  @ApiPropertyOptional({ description: 'What bodyHtml was made of.' })
  bodyMjml?: string;
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiPropertyOptional({ format: 'uuid', description: 'Only subscribers of this segment.' })
  segmentId?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When a scheduled one starts.' })
  scheduledAt?: string;
  @ApiPropertyOptional({ description: 'Why it was paused, or is a draft again, when no person did it.' })
  pauseReason?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When recipients and content were fixed.' })
  frozenAt?: string;
  @ApiPropertyOptional({ description: '`key:<prefix>`, or `system:route` when the route let it go out by itself.' })
  approvedBy?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  finishedAt?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Recipients per state.' })
  counts!: RecipientCounts;
  @ApiProperty({ description: 'Recipients in all.' })
  recipients!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class BroadcastPageResponse {
  @ApiProperty({ type: [BroadcastResponse] })
  items!: readonly BroadcastResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class PreviewSampleResponse {
  @ApiProperty()
  to!: string;
  @ApiProperty()
  subject!: string;
  @ApiProperty()
  text!: string;
  @ApiPropertyOptional()
  html?: string;
}

export class PreviewResponse {
  @ApiProperty({ description: 'How many people would get it now.' })
  recipients!: number;
  @ApiProperty({ type: [PreviewSampleResponse], description: 'As up to 20 of them would see it.' })
  samples!: readonly PreviewSampleResponse[];
}

export class RecipientResponse {
  @ApiProperty({ format: 'uuid' })
  subscriberId!: string;
  @ApiPropertyOptional()
  email?: string;
  @ApiProperty({ enum: RECIPIENT_STATES })
  state!: string;
  @ApiProperty()
  messageId!: string;
  @ApiProperty()
  tries!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Stored right before the message left.' })
  intentAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  nextTryAt?: string;
  @ApiPropertyOptional()
  server?: string;
  @ApiPropertyOptional()
  reply?: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class RecipientPageResponse {
  @ApiProperty({ type: [RecipientResponse] })
  items!: readonly RecipientResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const optionalDate = <Name extends string>(name: Name, at: Date | null): Partial<Record<Name, string>> =>
  at === null ? {} : ({ [name]: at.toISOString() } as Record<Name, string>);

const optional = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> =>
  value === null ? {} : ({ [name]: value } as Record<Name, string>);

/** It stands where somebody can do something about it. */
const waits = ({ status }: Broadcast): boolean => status === 'draft' || status === 'paused';

export const toBroadcast = (broadcast: Broadcast, counts: RecipientCounts | undefined): BroadcastResponse => {
  const all = counts ?? (Object.fromEntries(RECIPIENT_STATES.map((state) => [state, 0])) as RecipientCounts);
  return {
    id: broadcast.id,
    kind: broadcast.kind,
    status: broadcast.status,
    ...optional('incidentId', broadcast.incidentId),
    ...(broadcast.platform ? { platform: broadcast.platform } : {}),
    subject: broadcast.subject,
    bodyText: broadcast.bodyText,
    ...optional('bodyHtml', broadcast.bodyHtml),
    ...optional('bodyMjml', broadcast.bodyMjml),
    tags: broadcast.tags,
    ...optional('segmentId', broadcast.segmentId),
    ...optionalDate('scheduledAt', broadcast.scheduledAt),
    ...optional('pauseReason', waits(broadcast) ? broadcast.pauseReason : null),
    ...optionalDate('frozenAt', broadcast.frozenAt),
    ...optional('approvedBy', broadcast.approvedBy),
    ...optionalDate('finishedAt', broadcast.finishedAt),
    counts: all,
    recipients: Object.values(all).reduce((sum, count) => sum + count, 0),
    createdAt: broadcast.createdAt.toISOString(),
  };
};

export const toPreview = (recipients: number, samples: readonly Preview[]): PreviewResponse => ({
  recipients,
  samples: samples.map(({ to, subject, text, html }) => ({
    to,
    subject,
    text,
    ...(html === undefined ? {} : { html }),
  })),
});

export const toRecipient = (row: RecipientRow): RecipientResponse => ({
  subscriberId: row.subscriberId,
  ...optional('email', row.email),
  state: row.state,
  messageId: row.messageId,
  tries: row.tries,
  ...optionalDate('intentAt', row.intentAt),
  ...optionalDate('nextTryAt', row.nextTryAt),
  ...optional('server', row.server),
  ...optional('reply', row.reply),
  updatedAt: row.updatedAt.toISOString(),
});
