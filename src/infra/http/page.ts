import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DomainError } from '../../kernel/domain-error.js';

const MAX_PAGE = 100;

/** `limit` and `cursor` of every list; extend it with the list's own filters. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: MAX_PAGE, default: 25, description: 'How many to answer.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE)
  limit: number = 25;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

/** One page, newest first. No `nextCursor` on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Where the next page starts: after this instant and id. */
export interface Keyset {
  /** ISO instant with microseconds as PostgreSQL prints it. */
  readonly at: string;
  readonly id: string;
}

/** An instant as PostgreSQL or ISO 8601 writes it, and nothing else that JavaScript would read as one. */
const INSTANT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d(:?\d\d)?)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The cursor that starts after this place. */
export const encodeCursor = ({ at, id }: Keyset): string => Buffer.from(`${at}|${id}`).toString('base64url');

/** @throws DomainError `request.bad_cursor` */
export const decodeCursor = (cursor: string | undefined): Keyset | undefined => {
  if (cursor === undefined) return undefined;
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  if (!at || !id || !UUID.test(id) || !INSTANT.test(at) || Number.isNaN(Date.parse(at)))
    throw new DomainError('invalid', 'request.bad_cursor', 'This cursor was not made by this list. Start without one.');
  return { at, id };
};

/**
 * Makes a page of rows that were asked for with `limit + 1`.
 * @param keyOf the row's place in the order; `at` as text from `to_char`/`::text`, since a Date loses microseconds
 */
export const toPage = <Row, T>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Keyset,
  map: (row: Row) => T,
): Page<T> => {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const items = kept.map(map);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: encodeCursor(keyOf(last)) };
};

/** Which rows of a list make one page. */
export interface PagePlace {
  /** One more than the page shows, so that it is known whether another follows. */
  readonly limit: number;
  readonly after?: Keyset;
}

interface ReadPage {
  <Row, T>(
    query: PageQuery,
    read: (place: PagePlace) => Promise<readonly (Row & Keyset)[]>,
    map: (row: Row) => T,
  ): Promise<Page<T>>;
  /** @param keyOf where the row does not carry its place in the order itself, as `at` and `id` */
  <Row, T>(
    query: PageQuery,
    read: (place: PagePlace) => Promise<readonly Row[]>,
    map: (row: Row) => T,
    keyOf: (row: Row) => Keyset,
  ): Promise<Page<T>>;
}

/** Answers the page of a list that was asked for. @throws DomainError `request.bad_cursor` */
export const readPage: ReadPage = async <Row, T>(
  { limit, cursor }: PageQuery,
  read: (place: PagePlace) => Promise<readonly Row[]>,
  map: (row: Row) => T,
  keyOf: (row: Row) => Keyset = ownPlace,
): Promise<Page<T>> => {
  const after = decodeCursor(cursor);
  return toPage(await read({ limit: limit + 1, ...(after ? { after } : {}) }), limit, keyOf, map);
};

/** Only for rows that carry it: `ReadPage` asks for `keyOf` where they do not. */
const ownPlace = (row: unknown): Keyset => {
  const { at, id } = row as Keyset;
  return { at, id };
};
