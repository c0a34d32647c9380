import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Weekly timetables that evergreen posts fill, and who has which place of them. */
export class CreateQueues1795200000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table queue (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  zone text not null,
  pick_order text not null check (pick_order in ('oldest', 'shuffled', 'weighted', 'priority')),
  seed int not null default 0,
  weighs_views boolean not null default false,
  min_gap_seconds int not null default 0 check (min_gap_seconds >= 0),
  daily_cap int check (daily_cap > 0),
  -- [{from, until, name}], days of the calendar; [{from, until}], days of every year.
  blackouts jsonb not null default '[]',
  seasons jsonb not null default '[]',
  paused_at timestamptz,
  pause_reason text,
  -- The planner's last round.
  planned_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz,
  unique (workspace_id, id)
);
create unique index queue_name on queue (workspace_id, lower(name)) where deleted_at is null;
create index queue_newest on queue (workspace_id, created_at desc, id desc) where deleted_at is null;

create table queue_account (
  workspace_id uuid not null,
  queue_id uuid not null,
  position smallint not null check (position >= 0),
  account_id uuid not null,
  primary key (queue_id, position),
  unique (queue_id, account_id),
  foreign key (workspace_id, queue_id) references queue (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);

create table slot (
  id uuid primary key,
  workspace_id uuid not null,
  queue_id uuid not null,
  iso_day smallint not null check (iso_day between 1 and 7),
  time text not null check (time ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
  -- Tags of posts; none: every post fits.
  categories text[] not null default '{}',
  -- Its past reservations stay true.
  removed_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, queue_id) references queue (workspace_id, id) on delete cascade
);
create unique index slot_once on slot (queue_id, iso_day, time) where removed_at is null;

-- A slot on a day of its queue's zone carries one run: who inserts the row has the place.
create table slot_reservation (
  workspace_id uuid not null,
  queue_id uuid not null,
  slot_id uuid not null,
  local_date date not null,
  slot_at timestamptz not null,
  occurrence_id uuid not null unique,
  why text not null,
  locked_at timestamptz,
  locked_by text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (slot_id, local_date),
  foreign key (workspace_id, queue_id) references queue (workspace_id, id) on delete cascade,
  foreign key (workspace_id, slot_id) references slot (workspace_id, id) on delete cascade,
  foreign key (workspace_id, occurrence_id) references occurrence (workspace_id, id) deferrable initially deferred
);
create index slot_reservation_queue on slot_reservation (queue_id, slot_at);

-- An account has one slot at an instant, whichever queue or fill comes first.
create table slot_account (
  workspace_id uuid not null,
  account_id uuid not null,
  slot_at timestamptz not null,
  occurrence_id uuid not null,
  primary key (account_id, slot_at),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, occurrence_id) references occurrence (workspace_id, id) deferrable initially deferred
);
create index slot_account_occurrence on slot_account (occurrence_id);

-- How posts with this tag return; what a post says of itself goes before.
create table category_recycling (
  workspace_id uuid not null references workspace (id) on delete cascade,
  category text not null,
  recycling jsonb not null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, category)
);

create index post_evergreen on post (workspace_id, id) where kind = 'evergreen' and deleted_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index post_evergreen;
drop table category_recycling, slot_account, slot_reservation, slot, queue_account, queue;
    `);
  }
}
