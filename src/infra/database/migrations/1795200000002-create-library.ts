import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Media and the posts made of it. */
export class CreateLibrary1795200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table media (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  state text not null check (state in ('uploading', 'probing', 'ready', 'refused', 'deleted')),
  file_name text not null,
  storage_key text not null unique,
  sha256 bytea,
  bytes bigint,
  mime_type text,
  container text,
  video_codec text,
  audio_codec text,
  width int,
  height int,
  duration_ms int,
  fps real,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (state <> 'ready' or (sha256 is not null and bytes > 0 and duration_ms > 0 and mime_type is not null))
);
-- The same bytes twice are one media: the second upload answers with the first.
create unique index media_same_bytes on media (workspace_id, sha256) where state = 'ready';
create index media_newest on media (workspace_id, created_at desc, id desc);

create table post (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('one_shot', 'evergreen')),
  title text,
  caption text not null,
  tags text[] not null default '{}',
  options jsonb not null default '{}',
  recycling jsonb,
  paused_at timestamptz,
  expired_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id)
);
create index post_newest on post (workspace_id, created_at desc, id desc) where deleted_at is null;

create table post_variant (
  post_id uuid not null references post (id) on delete cascade,
  platform text not null,
  caption text,
  title text,
  options jsonb not null default '{}',
  primary key (post_id, platform)
);

create table post_media (
  post_id uuid not null,
  workspace_id uuid not null,
  position smallint not null check (position >= 0),
  media_id uuid not null,
  primary key (post_id, position),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade,
  foreign key (workspace_id, media_id) references media (workspace_id, id)
);
create index post_media_media on post_media (media_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table post_media, post_variant, post, media;
    `);
  }
}
