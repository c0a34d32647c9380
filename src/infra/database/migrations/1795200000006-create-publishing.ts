import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Occurrences, targets and the journal that keeps them from being sent twice. */
export class CreatePublishing1795200000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create sequence lease_fence;

create table worker (
  id uuid primary key,
  -- Key of the session advisory lock this worker holds while it lives.
  lock_key bigint generated always as identity unique,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  clock_offset_ms int not null default 0,
  gone_at timestamptz
);

create table occurrence (
  id uuid primary key,
  workspace_id uuid not null,
  post_id uuid not null,
  number int not null check (number > 0),
  variation smallint not null default 0,
  planned_at timestamptz not null,
  source text not null check (source in ('api', 'queue', 'rrule', 'fill')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (post_id, number),
  foreign key (workspace_id, post_id) references post (workspace_id, id)
);

create table target (
  id uuid primary key,
  workspace_id uuid not null,
  post_id uuid not null,
  occurrence_id uuid not null,
  account_id uuid not null,
  platform text not null,
  role text not null check (role in ('origin', 'reroute', 'catch_up', 'fill')),
  root_id uuid not null,
  replacement_id uuid,
  status text not null check (status in ('draft', 'scheduled', 'held', 'publishing', 'published', 'unconfirmed',
    'needs_decision', 'rerouted', 'missed', 'failed', 'cancelled')),
  hold_reason text check (hold_reason in ('platform', 'account', 'quota', 'approval', 'paused', 'panic', 'self_suspect',
    'earlier_occurrence')),
  hold_until timestamptz,
  version int not null default 1,
  scheduled_at timestamptz not null,
  -- When it wants to be looked at next: the due time, a retry, the end of a hold. scheduled_at stays the promise.
  due_at timestamptz not null,
  local_time timestamp not null,
  zone text not null,
  spread_seconds int not null default 0 check (spread_seconds between 0 and 3600),
  stale_at timestamptz not null,
  media_id uuid,
  content jsonb not null,
  content_hash bytea not null,
  tries smallint not null default 0,
  error_category text check (error_category in ('auth_expired', 'user_content', 'account_issue', 'platform_rejected',
    'rate_limited', 'platform_error', 'network', 'system_error', 'unknown')),
  error_source text check (error_source in ('user', 'platform', 'system')),
  outcome text check (outcome in ('not_sent', 'rejected', 'unknown')),
  error_detail text,
  platform_post_id text,
  platform_handle text,
  permalink text,
  published_at timestamptz,
  late boolean not null default false,
  next_check_at timestamptz,
  checks smallint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, post_id) references post (workspace_id, id),
  foreign key (workspace_id, occurrence_id) references occurrence (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, root_id) references target (workspace_id, id) deferrable initially deferred,
  foreign key (workspace_id, replacement_id) references target (workspace_id, id) deferrable initially deferred,
  foreign key (workspace_id, media_id) references media (workspace_id, id),
  constraint published_has_proof check (status <> 'published' or coalesce(platform_post_id, platform_handle) is not null),
  constraint unconfirmed_is_checked check (status <> 'unconfirmed' or next_check_at is not null),
  constraint held_says_why check (status <> 'held' or (hold_reason is not null and hold_until is not null))
);
-- An account carries an occurrence at most once, unless the earlier one is over without a live copy.
create unique index target_once_per_account on target (occurrence_id, account_id)
  where status not in ('cancelled', 'missed', 'failed', 'rerouted');
create unique index target_platform_post on target (account_id, platform_post_id);
create index target_due on target (due_at) where status in ('scheduled', 'held');
create index target_next_check on target (next_check_at) where next_check_at is not null;
create index target_calendar on target (workspace_id, scheduled_at desc, id desc);
create index target_post on target (post_id);
create index target_root on target (root_id);
create index target_media on target (media_id) where status not in
  ('published', 'rerouted', 'missed', 'failed', 'cancelled');

create table target_lease (
  target_id uuid primary key references target (id) on delete cascade,
  fence bigint not null default nextval('lease_fence'),
  worker_id uuid not null references worker (id),
  taken_at timestamptz not null default clock_timestamp()
);
create index target_lease_worker on target_lease (worker_id);

create table attempt (
  id uuid primary key,
  workspace_id uuid not null,
  target_id uuid not null,
  post_id uuid not null,
  account_id uuid not null,
  no int not null check (no > 0),
  version int not null,
  fence bigint not null,
  worker_id uuid not null,
  purpose text not null check (purpose in ('publish', 'remove')),
  state text not null check (state in ('armed', 'intended', 'processing', 'unknown', 'published', 'rejected', 'throttled',
    'unauthorised', 'unavailable', 'adopted', 'disproved', 'abandoned')),
  handle text,
  -- The adapter's resume token, encrypted: it may hold upload addresses.
  resume_enc bytea,
  resume_key_id text,
  fingerprint jsonb not null default '{}',
  -- Set right before the irreversible call; without it a dead attempt certainly sent nothing.
  commit_started_at timestamptz,
  call_deadline_at timestamptz,
  outcome_at timestamptz,
  http_status int,
  platform_code text,
  request_id text,
  evidence jsonb not null default '{}',
  absent_reads smallint not null default 0,
  last_absent_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  unique (target_id, no),
  unique (target_id, fence),
  foreign key (workspace_id, target_id) references target (workspace_id, id)
);
-- No second try of a post on an account while one is open: by index, not by code.
create unique index attempt_one_open on attempt (post_id, account_id)
  where purpose = 'publish' and state in ('armed', 'intended', 'processing', 'unknown');

create table intent (
  target_id uuid not null,
  version int not null,
  fence bigint not null,
  at timestamptz not null default clock_timestamp(),
  -- What took this version: the call itself, or a cancel, edit or reroute that came first.
  taken_by text not null default 'publish' check (taken_by in ('publish', 'cancel', 'edit', 'reroute', 'hold')),
  primary key (target_id, version)
);

create table target_event (
  target_id uuid not null,
  seq int not null check (seq > 0),
  workspace_id uuid not null,
  from_status text,
  to_status text not null,
  cause text not null,
  actor text not null,
  reasons jsonb not null default '[]',
  at timestamptz not null default clock_timestamp(),
  primary key (target_id, seq),
  foreign key (workspace_id, target_id) references target (workspace_id, id)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table target_event, intent, attempt, target_lease, target, occurrence, worker;
drop sequence lease_fence;
    `);
  }
}
