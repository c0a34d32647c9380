import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import {
  NOTIFICATION_KINDS,
  type NotificationKind,
  SEVERITIES,
  type Severity,
} from '../../domain/notifications/change.js';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  type ChannelScope,
  URGENT_KINDS,
} from '../../domain/notifications/channel.js';
import { TIME_OF_DAY } from '../../domain/notifications/quiet-hours.js';
import { IsTimeZoneName } from './is-time-zone-name.js';

const SCOPES = ['workspace', 'instance'] as const;
const EACH_KIND = { each: true, message: `each kind must be one of: ${NOTIFICATION_KINDS.join(', ')}` };
const TIME = { message: '$property must be a time of day such as 22:00' };

export class ChannelQuietHoursDto {
  @ApiProperty({ example: '22:00', description: 'On the wall of the zone.' })
  @Matches(TIME_OF_DAY, TIME)
  from!: string;

  @ApiProperty({ example: '07:00', description: 'Earlier than "from": on the next day.' })
  @Matches(TIME_OF_DAY, TIME)
  to!: string;

  @ApiProperty({ example: 'Europe/Paris', description: 'IANA time zone.' })
  @IsTimeZoneName()
  zone!: string;
}

export class CreateNotificationChannelDto {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'For you to tell channels apart.' })
  @Length(1, 100, { message: 'name must have 1 to 100 characters' })
  name!: string;

  @ApiProperty({ enum: CHANNEL_KINDS })
  @IsIn(CHANNEL_KINDS, { message: `kind must be one of: ${CHANNEL_KINDS.join(', ')}` })
  kind!: ChannelKind;

  @ApiPropertyOptional({
    enum: SCOPES,
    default: 'workspace',
    description: '"instance", for who runs the server: what happens to all. Needs an operator key.',
  })
  @IfGiven()
  @IsIn(SCOPES)
  scope?: ChannelScope;

  @ApiPropertyOptional({
    format: 'email',
    maxLength: 320,
    description: 'Kind email. A code is mailed there; nothing else is until it was given to …/verify.',
  })
  @IfGiven()
  @Length(1, 320)
  email?: string;

  @ApiPropertyOptional({
    maxLength: 500,
    description: 'Kind discord: the address of a webhook of Discord. Kept sealed.',
  })
  @IfGiven()
  @Length(1, 500)
  webhookUrl?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'Kind telegram. Kept sealed.' })
  @IfGiven()
  @Length(1, 100)
  botToken?: string;

  @ApiPropertyOptional({ maxLength: 40, example: '-1001234567890', description: 'Kind telegram.' })
  @IfGiven()
  @Length(1, 40)
  chatId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Kind webhook: one of `/v1/webhooks`, whatever events it asks for; it signs, retries and logs.',
  })
  @IfGiven()
  @IsUUID()
  webhookId?: string;

  @ApiPropertyOptional({
    enum: NOTIFICATION_KINDS,
    isArray: true,
    description: 'What to tell; empty: everything. Left out: everything, for the instance its incidents and radar.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(NOTIFICATION_KINDS.length)
  @ArrayUnique()
  @IsIn(NOTIFICATION_KINDS, EACH_KIND)
  kinds?: NotificationKind[];

  @ApiPropertyOptional({
    enum: SEVERITIES,
    default: 'info',
    description: 'Less is not told; the end of what was told is.',
  })
  @IfGiven()
  @IsIn(SEVERITIES)
  minSeverity?: Severity;

  @ApiPropertyOptional({
    type: ChannelQuietHoursDto,
    description: 'What falls into them comes as one digest at their end.',
  })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelQuietHoursDto)
  quietHours?: ChannelQuietHoursDto;

  @ApiPropertyOptional({
    enum: NOTIFICATION_KINDS,
    isArray: true,
    default: URGENT_KINDS,
    description: 'What comes through quiet hours.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(NOTIFICATION_KINDS.length)
  @ArrayUnique()
  @IsIn(NOTIFICATION_KINDS, EACH_KIND)
  urgentKinds?: NotificationKind[];
}

export class UpdateNotificationChannelDto extends PartialType(
  OmitType(CreateNotificationChannelDto, ['kind', 'scope', 'quietHours']),
  { skipNullProperties: false },
) {
  @ApiPropertyOptional({
    type: ChannelQuietHoursDto,
    nullable: true,
    description: 'null: none any more; what waits is told.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelQuietHoursDto)
  quietHours?: ChannelQuietHoursDto | null;

  @ApiPropertyOptional({ description: 'false switches it off and drops what waits; true on again, from then on.' })
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;
}

export class VerifyChannelDto {
  @ApiProperty({ example: '1234 5678', description: 'From the newest mail; works for 30 minutes and five tries.' })
  @MaxLength(20)
  @Matches(/^[\d\s-]{8,20}$/, { message: 'code must be the eight digits from the mail' })
  code!: string;
}
