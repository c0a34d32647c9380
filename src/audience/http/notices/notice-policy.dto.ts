import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import {
  ALL_CLEAR_MODES,
  type AllClearMode,
  type NoticePolicy,
  SENDING_MODES,
  type SendingMode,
  type StoredNoticePolicy,
} from '../../domain/notices/notice-policy.js';

export class QuietHoursDto {
  @ApiProperty({ example: '22:00', description: 'HH:MM by the clocks of the reader.' })
  @IsString()
  from!: string;

  @ApiProperty({ example: '08:00', description: 'HH:MM; earlier than `from` means the next morning.' })
  @IsString()
  until!: string;
}

export class NoticePolicyDto {
  @ApiProperty({ enum: SENDING_MODES, description: '`approval`: a person sends every notice.' })
  @IsIn(SENDING_MODES, { message: `sending must be one of: ${SENDING_MODES.join(', ')}` })
  sending!: SendingMode;

  @ApiProperty({ description: 'Due at once when a post has no fallback, if its route has broadcastAfterSeconds.' })
  @IsBoolean()
  atOnceWithoutFallback!: boolean;

  @ApiProperty({ enum: ALL_CLEAR_MODES, description: '`automatic`: after a blackout notice that went by itself.' })
  @IsIn(ALL_CLEAR_MODES, { message: `allClear must be one of: ${ALL_CLEAR_MODES.join(', ')}` })
  allClear!: AllClearMode;

  @ApiProperty({ minimum: 1, maximum: 20, description: 'Blackout notices that start by themselves in 24 hours.' })
  @IsInt()
  @Min(1)
  @Max(20)
  maxPerDay!: number;

  @ApiPropertyOptional({ type: QuietHoursDto, description: 'Left out: mail may come at any hour.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours?: QuietHoursDto;
}

export class NoticePolicyResponse extends NoticePolicyDto {
  @ApiProperty({ description: 'Our public page that says where each video is now. Give it to anyone.' })
  pageUrl!: string;
}

export const toPolicyInput = ({ quietHours, ...policy }: NoticePolicyDto): NoticePolicy => ({
  ...policy,
  ...(quietHours ? { quietHours: { from: quietHours.from, until: quietHours.until } } : {}),
});

export const toNoticePolicy = (stored: StoredNoticePolicy, pageUrl: string): NoticePolicyResponse => {
  const { sending, atOnceWithoutFallback, allClear, maxPerDay, quietHours } = stored;
  const policy = { sending, atOnceWithoutFallback, allClear, maxPerDay, pageUrl };
  return quietHours ? { ...policy, quietHours } : policy;
};
