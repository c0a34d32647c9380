import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError } from '../../../kernel/domain-error.js';
import { isStorableText } from '../../domain/post-rules.js';
import type { TagCount } from '../../domain/tags.port.js';

export class TagDto {
  @ApiProperty()
  tag!: string;
  @ApiProperty({ description: 'Posts of the library that carry it.' })
  posts!: number;
}

export class TagPageDto {
  @ApiProperty({ type: [TagDto] })
  items!: readonly TagDto[];
  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  nextCursor?: string;
}

/** @param rows one more than `limit` where there is more */
export const toTagPage = (rows: readonly TagCount[], limit: number): TagPageDto => {
  const items = rows.slice(0, limit).map(({ tag, posts }) => ({ tag, posts }));
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: Buffer.from(last.tag).toString('base64url') };
};

/** The tag after which the next page begins. @throws DomainError `request.bad_cursor` */
export const tagBehind = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const tag = Buffer.from(cursor, 'base64url').toString('utf8');
  if (tag !== '' && isStorableText(tag) && Buffer.from(tag).toString('base64url') === cursor) return tag;
  throw new DomainError('invalid', 'request.bad_cursor', 'This cursor was not made by this list. Start without one.');
};
