import type { WorkspaceId } from '../../kernel/ids.js';
import type { ListPlace } from '../domain/media-records.port.js';
import type { PostFilter } from '../domain/posts.port.js';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Newest posts that are looked at for a search before the index of words is asked. */
export const SEARCH_WINDOW = 250;

/**
 * What a searched text asks of the words `p.words`: every one of its words, each as the beginning of one, and the
 * workspace's own mark. The parser is the one that made the words, so whatever is typed is no syntax.
 */
const asks = (workspace: string, text: string): string => {
  const query = `plainto_tsquery('simple', search_text(${text}))`;
  return `numnode(${query}) > 0 and p.words @@ (quote_literal('=' || ${workspace}::uuid)::tsquery &&
    regexp_replace(${query}::text, '''(?= & |$)', ''':*', 'g')::tsquery)`;
};

/** Conditions with their values, one numbering for a statement. */
class Conditions {
  readonly parameters: unknown[] = [];
  readonly texts: string[] = [];

  of(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  /** `%` stands for the value; nothing is added for an undefined one. */
  add(text: string, value: unknown): void {
    if (value !== undefined) this.texts.push(text.replace('%', this.of(value)));
  }

  addSpan({ from, to }: PostFilter, { after }: ListPlace, [at, id]: readonly [string, string]): void {
    this.add(`${at} >= %`, from);
    this.add(`${at} < %`, to);
    if (after) this.texts.push(`(${at}, ${id}) < (${this.of(after.at)}::timestamptz, ${this.of(after.id)}::uuid)`);
  }

  get text(): string {
    return this.texts.join(' and ');
  }
}

/**
 * Finds a page of a workspace's posts, newest first: ids alone, so that an index is walked in the order of the list and
 * only the page's rows are read whole. A tag has its own index in that order. With words to search, this looks at the
 * newest `SEARCH_WINDOW` only: enough for common words, and bounded for the others (`searchedPosts`).
 */
export const foundPosts = (workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Statement => {
  const where = new Conditions();
  const [source, at, id] =
    filter.tag === undefined
      ? ['post p', 'p.created_at', 'p.id']
      : [
          'post_tag pt join post p on p.workspace_id = pt.workspace_id and p.id = pt.post_id',
          'pt.created_at',
          'pt.post_id',
        ];
  const workspace = where.of(workspaceId);
  where.texts.push('p.deleted_at is null', `${filter.tag === undefined ? 'p' : 'pt'}.workspace_id = ${workspace}`);
  where.add('pt.tag = %', filter.tag);
  where.add('p.kind = %', filter.kind);
  where.addSpan(filter, place, [at, id]);
  const newest = `select p.id, p.created_at, p.words from ${source} where ${where.text} order by ${at} desc, ${id} desc`;
  const page = where.of(place.limit);
  const sql =
    filter.q === undefined
      ? `${newest.replace('p.id, p.created_at, p.words', 'p.id')} limit ${page}`
      : `select p.id from (${newest} limit ${SEARCH_WINDOW}) p where ${asks(workspace, where.of(filter.q))}
          order by p.created_at desc, p.id desc limit ${page}`;
  return { sql, parameters: where.parameters };
};

/** The same by the index of words, for words that are not common: all that say them are found, then put in order. */
export const searchedPosts = (
  workspaceId: WorkspaceId,
  filter: PostFilter & { readonly q: string },
  place: ListPlace,
): Statement => {
  const where = new Conditions();
  const workspace = where.of(workspaceId);
  const words = asks(workspace, where.of(filter.q));
  where.texts.push('true');
  where.add('h.tags @> array[%::text]', filter.tag);
  where.add('h.kind = %', filter.kind);
  where.addSpan(filter, place, ['h.created_at', 'h.id']);
  const sql = `
    with h as materialized (
      select p.id, p.created_at, p.kind, p.tags from post p
       where p.workspace_id = ${workspace} and p.deleted_at is null and ${words}
    )
    select h.id from h where ${where.text} order by h.created_at desc, h.id desc limit ${where.of(place.limit)}`;
  return { sql, parameters: where.parameters };
};
