import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, keys, the outbox: what every other table hangs on. */
export class CreateWorkspaces1795200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table instance (
  only_row boolean primary key default true check (only_row),
  -- Differs from what a process remembers when the database was restored from a backup.
  epoch uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into instance default values;

create table workspace (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  region text not null,
  time_zone text not null,
  created_at timestamptz not null default now()
);

create table api_key (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('workspace', 'operator')),
  name text not null,
  prefix text not null unique,
  hash bytea not null unique,
  scopes text[] not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);

create table audit_entry (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  actor text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null default '{}',
  at timestamptz not null default now()
);
create index audit_entry_workspace on audit_entry (workspace_id, id desc);

create table idempotency_record (
  workspace_id uuid not null references workspace (id) on delete cascade,
  route text not null,
  key text not null,
  body_hash bytea not null,
  state text not null check (state in ('in_flight', 'done')),
  status smallint,
  response jsonb,
  expires_at timestamptz not null,
  primary key (workspace_id, route, key)
);
create index idempotency_record_expiry on idempotency_record (expires_at);

create table event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid,
  type text not null,
  subject_id text not null,
  payload jsonb not null default '{}',
  at timestamptz not null default now()
);
create index event_cursor_order on event (xid, id);

create table event_cursor (
  consumer text primary key,
  last_xid xid8 not null default '0',
  last_id bigint not null default 0
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table event_cursor, event, idempotency_record, audit_entry, api_key, workspace, instance;
    `);
  }
}
