import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Resumable uploads and imports from an address: bytes on their way to becoming a media. */
export class CreateMediaUploads1795200000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table media_upload (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  state text not null default 'receiving' check (state in ('receiving', 'ready', 'refused')),
  -- What the client said of the file, given back as it came.
  metadata jsonb not null default '{}',
  total_bytes bigint not null check (total_bytes > 0),
  received_bytes bigint not null default 0 check (received_bytes between 0 and total_bytes),
  media_id uuid,
  problem jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, media_id) references media (workspace_id, id),
  check ((state = 'ready') = (media_id is not null)),
  check ((state = 'refused') = (problem is not null))
);
create index media_upload_expiry on media_upload (expires_at);
create index media_upload_open on media_upload (workspace_id) where state = 'receiving';

-- Each stretch of bytes is a stored file of its own, so that what has arrived survives a crash.
create table media_upload_part (
  upload_id uuid not null references media_upload (id) on delete cascade,
  first_byte bigint not null check (first_byte >= 0),
  bytes bigint not null check (bytes > 0),
  file_id uuid not null,
  storage_key text not null unique,
  sha256 bytea not null,
  primary key (upload_id, first_byte)
);

create table media_import (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'fetching', 'ready', 'refused', 'failed')),
  -- May carry a signature: cut to its origin and path as soon as it is not needed any more.
  url text not null,
  file_name text,
  received_bytes bigint not null default 0,
  total_bytes bigint,
  attempts int not null default 0,
  media_id uuid,
  problem jsonb,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (workspace_id, media_id) references media (workspace_id, id),
  check ((state = 'ready') = (media_id is not null)),
  check ((state in ('refused', 'failed')) = (problem is not null)),
  check ((state in ('ready', 'refused', 'failed')) = (ended_at is not null))
);
create index media_import_ended on media_import (ended_at) where ended_at is not null;
create index media_import_open on media_import (workspace_id) where ended_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table media_import, media_upload_part, media_upload;
    `);
  }
}
