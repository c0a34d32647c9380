import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files of people and what became of each row. Rows lie in chunks of a thousand: a million verdicts are a thousand
 * rows here, and a chunk that has been stored keeps no address.
 */
export class CreateSubscriberImports1795200000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table subscriber_import (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  state text not null default 'waiting'
    check (state in ('waiting', 'receiving', 'checked', 'queued', 'running', 'done', 'cancelled')),
  actor text not null,
  -- Where the addresses come from, by whose words they agreed, which column is what: domain/lists/subscriber-import.ts.
  settings jsonb not null,
  settings_hash bytea not null,
  file_name text,
  file_hash bytea,
  bytes bigint not null default 0,
  facts jsonb,
  -- Rows by their verdict.
  counts jsonb not null default '{}',
  -- The last row whose fate is settled: where a worker goes on.
  settled_row int not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  touched_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  check (state in ('waiting', 'receiving') or (file_hash is not null and facts is not null))
);
-- The same file under the same settings is imported once.
create unique index subscriber_import_once on subscriber_import (workspace_id, file_hash, settings_hash)
  where state in ('queued', 'running', 'done', 'cancelled');
create index subscriber_import_newest on subscriber_import (workspace_id, created_at desc, id desc);
create index subscriber_import_open on subscriber_import (touched_at) where state in ('receiving', 'queued', 'running');

create table subscriber_import_chunk (
  import_id uuid not null,
  first_row int not null check (first_row > 0),
  last_row int not null,
  workspace_id uuid not null,
  rows jsonb not null,
  -- The verdicts that occur in it.
  states text[] not null,
  is_settled boolean not null default false,
  primary key (import_id, first_row),
  foreign key (workspace_id, import_id) references subscriber_import (workspace_id, id) on delete cascade
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table subscriber_import_chunk, subscriber_import');
  }
}
