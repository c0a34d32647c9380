import type { PostImport } from '../../domain/bulk/post-import.js';
import { ROW_STATES } from '../../domain/bulk/row-verdict.js';

/** A row of the table, nulls and all. */
export type PostImportDbRow = Omit<PostImport, 'fileName' | 'startedAt' | 'endedAt'> & {
  readonly fileName: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

export const IMPORT_COLUMNS = `i.id, i.workspace_id as "workspaceId", i.state, i.file_name as "fileName",
  i.bytes::float8 as bytes, i.facts, i.settings, i.bad_rows as "badRows", i.actor,
  jsonb_build_object(${ROW_STATES.map((state) => `'${state}', i.${state}`).join(', ')}) as counts,
  i.created_at as "createdAt", i.started_at as "startedAt", i.ended_at as "endedAt"`;

export const toPostImport = ({ fileName, startedAt, endedAt, ...row }: PostImportDbRow): PostImport => ({
  ...row,
  ...(fileName === null ? {} : { fileName }),
  ...(startedAt === null ? {} : { startedAt }),
  ...(endedAt === null ? {} : { endedAt }),
});

/** Adds the rows of `moved (import_id, was, state)` to the counts of their import, and takes them from where they were. */
export const RECOUNT = `
  update post_import i
     set ${ROW_STATES.map((state) => `${state} = i.${state} + d.${state}`).join(', ')}, touched_at = clock_timestamp()
    from (select import_id,
                 ${ROW_STATES.map(
                   (state) =>
                     `(count(*) filter (where state = '${state}') - count(*) filter (where was = '${state}'))::int as ${state}`,
                 ).join(', ')}
            from moved group by import_id) d
   where i.id = d.import_id`;
