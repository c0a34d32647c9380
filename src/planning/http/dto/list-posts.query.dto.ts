import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import { POST_KINDS, type PostKind } from '../../../library/domain/post-snapshot.js';
import type { PostFilter } from '../../../library/domain/posts.port.js';
import type { PostStatus } from '../../../publishing/domain/targets/post-status.js';

export const POST_STATUSES = [
  'draft',
  'scheduled',
  'publishing',
  'published',
  'partial',
  'failed',
  'cancelled',
] as const satisfies readonly PostStatus[];

const Instant = (description: string): PropertyDecorator => {
  const message = ({ property }: { property: string }) =>
    `${property} must be an instant with its offset, for example 2026-11-21T10:00:00Z`;
  return (target, key) => {
    ApiPropertyOptional({ format: 'date-time', description })(target, key);
    IsOptional()(target, key);
    IsISO8601({ strict: true, strictSeparator: true }, { message })(target, key);
    Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message })(target, key);
  };
};

export class ListPostsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: POST_KINDS })
  @IsOptional()
  @IsIn(POST_KINDS)
  kind?: PostKind;

  @ApiPropertyOptional({ enum: POST_STATUSES, description: 'A rare status may make short pages: follow nextCursor.' })
  @IsOptional()
  @IsIn(POST_STATUSES)
  status?: PostStatus;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 100)
  tag?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Words that caption, title or tags begin with; accents and letter case do not matter.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(/[\p{L}\p{Nd}]/u, { message: 'q needs a letter or a digit' })
  q?: string;

  @Instant('Created at or after.')
  from?: string;

  @Instant('Created before.')
  to?: string;
}

export const toPostFilter = ({
  kind,
  status,
  tag,
  q,
  from,
  to,
}: ListPostsQuery): PostFilter & { status?: PostStatus } => ({
  ...(kind === undefined ? {} : { kind }),
  ...(status === undefined ? {} : { status }),
  ...(tag === undefined ? {} : { tag }),
  ...(q === undefined ? {} : { q }),
  ...(from === undefined ? {} : { from: new Date(from) }),
  ...(to === undefined ? {} : { to: new Date(to) }),
});
