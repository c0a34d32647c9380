import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of posts and what became of each of their rows. */
export class CreatePostImports1795200000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table post_import (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  state text not null default 'receiving'
    check (state in ('receiving', 'checked', 'refused', 'queued', 'running', 'done', 'cancelled')),
  -- For the history of what its rows become.
  actor text not null,
  file_name text,
  file_hash bytea,
  bytes bigint not null default 0,
  -- How it is to be read, and how it turned out to be written: domain/bulk/post-import.ts.
  settings jsonb not null default '{}',
  settings_hash bytea,
  facts jsonb,
  bad_rows text not null default 'skip' check (bad_rows in ('skip', 'refuse')),
  -- Rows by their state, kept by the statements that move them.
  ready int not null default 0,
  fetching int not null default 0,
  bad int not null default 0,
  duplicate int not null default 0,
  done int not null default 0,
  failed int not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  -- Of the last sign of life of its job.
  touched_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  check (state = 'receiving' or (file_hash is not null and settings_hash is not null and facts is not null))
);
-- The same file under the same settings is imported once.
create unique index post_import_once on post_import (workspace_id, file_hash, settings_hash)
  where state in ('queued', 'running', 'done', 'cancelled');
create index post_import_list on post_import (workspace_id, created_at desc, id desc) where state <> 'receiving';
create index post_import_open on post_import (touched_at) where state in ('receiving', 'queued', 'running');

create table post_import_row (
  import_id uuid not null,
  row_no int not null check (row_no > 0),
  workspace_id uuid not null,
  state text not null check (state in ('ready', 'fetching', 'bad', 'duplicate', 'done', 'failed')),
  -- What to create; gone when it is.
  request jsonb,
  -- What the row says, whatever its place: finds the same row in another file.
  digest bytea,
  problems jsonb not null default '[]',
  -- As the file had them, for the error file.
  cells text[],
  media_import_id uuid,
  post_id uuid,
  primary key (import_id, row_no),
  foreign key (workspace_id, import_id) references post_import (workspace_id, id) on delete cascade,
  foreign key (workspace_id, post_id) references post (workspace_id, id),
  check ((state = 'done') = (post_id is not null)),
  check (state not in ('ready', 'fetching') or request is not null)
);
create index post_import_row_digest on post_import_row (workspace_id, digest) where state = 'done';
create index post_import_row_waiting on post_import_row (import_id, row_no) where state in ('ready', 'fetching');
create index post_import_row_trouble on post_import_row (import_id, row_no) where state in ('bad', 'duplicate', 'failed');
create index post_import_row_post on post_import_row (workspace_id, post_id) where post_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table post_import_row, post_import');
  }
}
