import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUrl, IsUUID, Length, MaxLength } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import { HAND_OFF_STATES, type HandOffState } from '../../domain/hand-off/hand-off-state.js';
import type { HandOff } from '../../domain/hand-off/hand-offs.port.js';
import { shareLinkHint } from '../../domain/hand-off/share-link.js';
import { TARGET_STATUSES } from '../../domain/targets/target-status.js';

export class ListHandOffsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: HAND_OFF_STATES })
  @IsOptional()
  @IsIn(HAND_OFF_STATES)
  state?: HandOffState;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  targetId?: string;
}

export class ConfirmHandOffRequest {
  @ApiPropertyOptional({ maxLength: 500, description: 'Public link to the post, https.' })
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true, disallow_auth: true })
  @MaxLength(500)
  link?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'The platform’s id of the post, where you know it.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  platformPostId?: string;
}

export class HandOffResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  targetId!: string;

  @ApiProperty({ format: 'uuid' })
  postId!: string;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;

  @ApiProperty()
  accountName!: string;

  @ApiProperty()
  caption!: string;

  @ApiProperty({ enum: HAND_OFF_STATES })
  state!: string;

  @ApiProperty({ enum: TARGET_STATUSES })
  targetStatus!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Without a word until then the target needs a decision.' })
  expiresAt!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  notifiedAt?: string;

  @ApiPropertyOptional({ description: 'What the mail server said last.' })
  mailReply?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Somebody, or a mail scanner, looked at the page.' })
  openedAt?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  endedAt?: string;

  @ApiPropertyOptional({ description: '`page`, `key:<prefix>` or `clock`.' })
  endedBy?: string;

  @ApiPropertyOptional()
  link?: string;

  @ApiPropertyOptional({ description: 'The link does not look like one of this platform; it is kept as given.' })
  linkHint?: string;

  @ApiPropertyOptional({
    description: 'The page; whoever has it may confirm or skip, so it is told to keys with `posts:write` alone.',
  })
  url?: string;
}

export class HandOffPageResponse {
  @ApiProperty({ type: [HandOffResponse] })
  items!: readonly HandOffResponse[];

  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  nextCursor?: string;
}

/** @param url left out for those who may not confirm */
export const toHandOffResponse = (handOff: HandOff, url: string | undefined): HandOffResponse => {
  const { notifiedAt, openedAt, endedAt, mailReply, endedBy, link } = handOff;
  const linkHint = shareLinkHint(handOff.platform, link);
  return {
    id: handOff.id,
    targetId: handOff.targetId,
    postId: handOff.postId,
    accountId: handOff.accountId,
    platform: handOff.platform,
    accountName: handOff.accountName,
    caption: handOff.caption,
    state: handOff.state,
    targetStatus: handOff.targetStatus,
    createdAt: handOff.createdAt.toISOString(),
    expiresAt: handOff.expiresAt.toISOString(),
    ...(notifiedAt ? { notifiedAt: notifiedAt.toISOString() } : {}),
    ...(mailReply === undefined ? {} : { mailReply }),
    ...(openedAt ? { openedAt: openedAt.toISOString() } : {}),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(link === undefined ? {} : { link }),
    ...(linkHint === undefined ? {} : { linkHint }),
    ...(url === undefined ? {} : { url }),
  };
};
