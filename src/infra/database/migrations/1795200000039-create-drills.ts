import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rehearsed outages: recurring plans, runs, and what a run found about each target. */
export class CreateDrills1795200000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table drill_series (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('dry_run', 'sandbox')),
  platform text not null,
  region text,
  duration_seconds int not null check (duration_seconds > 0),
  iso_day smallint not null check (iso_day between 1 and 7),
  time text not null check (time ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
  zone text not null,
  actor text not null,
  ended_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id)
);

create table drill (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  series_id uuid,
  kind text not null check (kind in ('dry_run', 'sandbox')),
  platform text not null,
  -- null: every region.
  region text,
  status text not null check (status in ('planned', 'running', 'finished', 'failed', 'cancelled')),
  starts_at timestamptz not null,
  duration_seconds int not null check (duration_seconds > 0),
  actor text not null,
  started_at timestamptz,
  finished_at timestamptz,
  cancel_asked_at timestamptz,
  checked int not null default 0,
  total int not null default 0,
  score int check (score between 0 and 100),
  report jsonb,
  problem jsonb,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  -- A series runs once at each of its instants, whoever plans it how often.
  unique (series_id, starts_at),
  foreign key (workspace_id, series_id) references drill_series (workspace_id, id) on delete cascade,
  constraint finished_has_report check (status <> 'finished' or report is not null),
  constraint failed_says_why check (status <> 'failed' or problem is not null)
);
create index drill_due on drill (kind, starts_at) where status in ('planned', 'running');
create index drill_newest on drill (workspace_id, starts_at desc, id desc);

-- What a dry run says about each target; the target itself may be gone later.
create table drill_target (
  workspace_id uuid not null,
  drill_id uuid not null,
  target_id uuid not null,
  account_id uuid not null,
  scheduled_at timestamptz not null,
  fate text not null,
  at timestamptz not null,
  to_account_id uuid,
  asks_broadcast boolean not null,
  has_fallback boolean,
  reasons jsonb not null,
  primary key (drill_id, target_id),
  foreign key (workspace_id, drill_id) references drill (workspace_id, id) on delete cascade
);
create index drill_target_due on drill_target (drill_id, scheduled_at, target_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table drill_target, drill, drill_series');
  }
}
