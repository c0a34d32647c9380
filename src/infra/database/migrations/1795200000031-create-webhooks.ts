import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events reach those outside: webhooks with their deliveries, and an order in which one workspace's can be read. */
export class CreateWebhooks1795200000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table webhook (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  url text not null check (length(url) between 1 and 2000),
  description text not null default '' check (length(description) <= 200),
  -- Types of the catalogue; empty: all of them.
  events text[] not null default '{}',
  secret_enc bytea not null,
  key_id text not null,
  -- The secret before the last rotation signs too, until previous_until.
  previous_enc bytea,
  previous_key_id text,
  previous_until timestamptz,
  -- First of the failures since the last success.
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('person', 'gone', 'failing')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  check ((previous_enc is null) = (previous_until is null) and (previous_enc is null) = (previous_key_id is null)),
  check ((disabled_at is null) = (disabled_reason is null))
);
create index webhook_order on webhook (workspace_id, created_at desc, id desc);

create table webhook_delivery (
  id uuid primary key,
  workspace_id uuid not null,
  webhook_id uuid not null,
  -- null: a test.
  event_id bigint,
  -- The header webhook-id: the same at every try of an event.
  message_id text not null,
  type text not null,
  -- Frozen: every try sends, and signs, the same bytes.
  body text not null check (octet_length(body) < 20480),
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  tries smallint not null default 0,
  -- When it is due; while a try runs, when that try is given up for dead.
  next_at timestamptz not null default now(),
  code smallint,
  error text,
  duration_ms integer,
  last_try_at timestamptz,
  created_at timestamptz not null default now(),
  unique (webhook_id, event_id),
  unique (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhook (workspace_id, id) on delete cascade
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_log on webhook_delivery (webhook_id, created_at desc, id desc);
create index webhook_delivery_age on webhook_delivery (created_at);

-- One workspace's events in the order of the outbox.
create index event_of_workspace on event (workspace_id, xid, id);

-- What happened before anyone could follow is not told.
insert into event_cursor (consumer, last_xid)
select name, pg_snapshot_xmin(pg_current_snapshot()) from unnest(array['webhooks', 'publishing.partial']) as name
on conflict do nothing;

-- When followers were told that a run ended with only some accounts live.
alter table occurrence add column partial_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table occurrence drop column partial_at;
delete from event_cursor where consumer in ('webhooks', 'publishing.partial');
drop index event_of_workspace;
drop table webhook_delivery, webhook;
    `);
  }
}
