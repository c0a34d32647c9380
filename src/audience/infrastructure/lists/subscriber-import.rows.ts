import { IMPORT_VERDICTS, type ImportFileFacts, type SubscriberImport } from '../../domain/lists/subscriber-import.js';

/** A row of the table, nulls and all. */
export type SubscriberImportDbRow = Omit<SubscriberImport, 'fileName' | 'facts' | 'startedAt' | 'endedAt'> & {
  readonly fileName: string | null;
  readonly facts: ImportFileFacts | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

export const IMPORT_COLUMNS = `i.id, i.workspace_id as "workspaceId", i.state, i.actor, i.settings,
  i.file_name as "fileName", i.bytes::float8 as bytes, i.facts,
  jsonb_build_object(${IMPORT_VERDICTS.map((one) => `'${one}', coalesce((i.counts ->> '${one}')::int, 0)`).join(', ')})
    as counts,
  i.settled_row as "settledRow", i.created_at as "createdAt", i.started_at as "startedAt", i.ended_at as "endedAt"`;

export const toSubscriberImport = (row: SubscriberImportDbRow): SubscriberImport => {
  const { fileName, facts, startedAt, endedAt, ...rest } = row;
  return {
    ...rest,
    ...(fileName === null ? {} : { fileName }),
    ...(facts === null ? {} : { facts }),
    ...(startedAt === null ? {} : { startedAt }),
    ...(endedAt === null ? {} : { endedAt }),
  };
};
