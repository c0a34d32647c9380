import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts of the sound, renditions of a video, and its thumbnail. */
export class CreateRenditions1795200000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table media add column audio_channels smallint, add column audio_sample_rate int;

create table rendition (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  media_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0 check (progress between 0 and 1),
  problem_code text,
  problem text,
  result_id uuid,
  created_at timestamptz not null default now(),
  -- A running one writes here; silence tells that its process died.
  updated_at timestamptz not null default now(),
  foreign key (workspace_id, media_id) references media (workspace_id, id),
  foreign key (workspace_id, result_id) references media (workspace_id, id),
  check ((state = 'done') = (result_id is not null)),
  check ((state = 'failed') = (problem is not null and problem_code is not null))
);
create unique index rendition_one_live on rendition (media_id) where state in ('queued', 'running');
create index rendition_of_media on rendition (media_id, created_at desc);
create index rendition_result on rendition (result_id) where result_id is not null;

-- Small enough for a row (about 50 kB), and then every process has it.
create table media_thumbnail (
  media_id uuid primary key,
  workspace_id uuid not null,
  jpeg bytea,
  problem text,
  created_at timestamptz not null default now(),
  foreign key (workspace_id, media_id) references media (workspace_id, id) on delete cascade,
  check ((jpeg is null) <> (problem is null))
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table media_thumbnail, rendition;
alter table media drop column audio_channels, drop column audio_sample_rate;
    `);
  }
}
