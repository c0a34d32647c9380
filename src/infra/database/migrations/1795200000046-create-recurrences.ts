import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Posts that recur by an RRULE. Local times are `timestamp`: wall time in `zone`, never an instant.
 * `recurrence_run` makes planning idempotent: one run per recurrence and local time, whoever plans it.
 */
export class CreateRecurrences1795200000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table recurrence (
  id uuid primary key,
  workspace_id uuid not null,
  post_id uuid not null,
  -- RFC 5545, with its COUNT or UNTIL.
  rule text not null,
  starts_local timestamp not null,
  zone text not null,
  exdates timestamp[] not null default '{}',
  rdates timestamp[] not null default '{}',
  -- Accounts, each with its own words.
  targets jsonb not null,
  paused_at timestamptz,
  -- Kept when removed, so that a run of the same local time is never planned twice.
  removed_at timestamptz,
  -- Every run before it is planned; null: none yet.
  planned_until timestamptz,
  -- Why planning failed last, as a sentence, and when it is tried again.
  problem text,
  retry_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, post_id),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade,
  check ((problem is null) = (retry_at is null))
);
create index recurrence_to_plan on recurrence (planned_until nulls first) where removed_at is null and paused_at is null;

create table recurrence_exception (
  recurrence_id uuid not null,
  workspace_id uuid not null,
  -- The original one: what RECURRENCE-ID is in iCalendar.
  local_time timestamp not null,
  is_skipped boolean not null default false,
  moved_to timestamp,
  -- Caption, title and options of this run alone.
  words jsonb,
  is_locked boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (recurrence_id, local_time),
  foreign key (workspace_id, recurrence_id) references recurrence (workspace_id, id) on delete cascade,
  check (is_skipped or is_locked or moved_to is not null or words is not null)
);

create table recurrence_run (
  recurrence_id uuid not null,
  workspace_id uuid not null,
  local_time timestamp not null,
  at timestamptz not null,
  -- Of time, accounts and words: a run that still fits is left alone.
  fingerprint text not null,
  occurrence_id uuid not null unique,
  primary key (recurrence_id, local_time),
  foreign key (workspace_id, recurrence_id) references recurrence (workspace_id, id) on delete cascade,
  foreign key (workspace_id, occurrence_id) references occurrence (workspace_id, id) deferrable initially deferred
);
create index recurrence_run_at on recurrence_run (recurrence_id, at);

-- With target_once_per_account and target_tried: the targets of a run, whatever their status.
create index target_cancelled on target (occurrence_id, account_id) where status = 'cancelled';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_cancelled;
drop table recurrence_run, recurrence_exception, recurrence;
    `);
  }
}
