import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What follows a move: late copies that are taken down, messages with the live links, and the load of fallbacks. */
export class CreateLateCopies1795200000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- One row per late copy beside a live replacement: what was decided about it, and the call that takes it down.
create table removal (
  target_id uuid primary key,
  workspace_id uuid not null,
  state text not null check (state in ('kept', 'planned', 'intended', 'removed', 'refused', 'unsupported')),
  platform_post_id text,
  tries smallint not null default 0,
  next_at timestamptz,
  -- Committed before the call.
  intent_at timestamptz,
  outcome_at timestamptz,
  detail text,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, target_id),
  foreign key (workspace_id, target_id) references target (workspace_id, id),
  constraint removal_is_looked_at check (state not in ('planned', 'intended') or next_at is not null)
);
create index removal_next on removal (next_at) where state in ('planned', 'intended');
create index target_late on target (published_at) where late;

-- One message per moved run and account, whatever happens: the key is the promise.
create table announcement (
  root_id uuid not null,
  account_id uuid not null,
  workspace_id uuid not null,
  state text not null check (state in ('planned', 'intended', 'sent', 'refused', 'unknown', 'expired')),
  body_text text,
  message_id text,
  permalink text,
  tries smallint not null default 0,
  next_at timestamptz,
  intent_at timestamptz,
  outcome_at timestamptz,
  detail text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (root_id, account_id),
  foreign key (workspace_id, root_id) references target (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  constraint announcement_is_looked_at check (state not in ('planned', 'intended') or next_at is not null)
);
create index announcement_next on announcement (next_at) where state in ('planned', 'intended');

-- What a fallback took over in the last day, among all it ever published.
create index target_moved on target (account_id, scheduled_at) where role in ('reroute', 'catch_up');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_moved;
drop table announcement;
drop index target_late;
drop table removal;
    `);
  }
}
