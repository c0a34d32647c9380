import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People are told of incidents and of what waits for them: channels, and a ledger of messages with intent before send. */
export class CreateNotifications1795200000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table notification_channel (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  scope text not null check (scope in ('workspace', 'instance')),
  kind text not null check (kind in ('email', 'discord', 'telegram', 'webhook')),
  name text not null check (length(name) between 1 and 100),
  -- Where it leads, fit to be shown.
  hint text not null,
  destination_enc bytea,
  key_id text,
  webhook_id uuid,
  -- Empty: every kind.
  kinds text[] not null default '{}',
  min_severity text not null default 'info' check (min_severity in ('info', 'warning', 'critical')),
  quiet_from text,
  quiet_to text,
  quiet_zone text,
  urgent_kinds text[] not null default '{}',
  -- Only what happened afterwards is told; null: the address is not proved.
  verified_at timestamptz,
  failing_since timestamptz,
  last_error text,
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('person', 'gone')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhook (workspace_id, id) on delete cascade,
  check ((kind = 'webhook') = (webhook_id is not null)),
  check ((kind = 'webhook') = (destination_enc is null) and (destination_enc is null) = (key_id is null)),
  check ((quiet_from is null) = (quiet_to is null) and (quiet_from is null) = (quiet_zone is null)),
  check ((disabled_at is null) = (disabled_reason is null))
);
create index notification_channel_order on notification_channel (workspace_id, created_at desc, id desc);
create index notification_channel_webhook on notification_channel (workspace_id, webhook_id) where webhook_id is not null;

create table notification (
  id uuid primary key,
  workspace_id uuid not null,
  channel_id uuid not null,
  family text not null check (family in ('incident', 'post', 'account', 'drill', 'radar', 'digest', 'test')),
  -- Names the message for ever, by the first change in it: a change begins one message per channel.
  change_key text not null,
  state text not null check (state in
    ('gathering', 'quiet', 'waiting', 'sending', 'delivered', 'failed', 'unknown', 'digested')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  count integer not null,
  -- The changes, while words can still change.
  facts jsonb,
  -- Frozen before the first intent: every try sends the same words.
  subject text,
  body text,
  url text,
  -- Of the newest change in it.
  last_at timestamptz not null,
  -- When it closes, leaves quiet, is due; while a send runs, when that is given up for dead.
  next_at timestamptz not null,
  tries smallint not null default 0,
  -- How often nobody could say whether it arrived.
  unknowns smallint not null default 0,
  intent_at timestamptz,
  ended_at timestamptz,
  code text,
  detail text,
  duration_ms integer,
  digest_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  unique (channel_id, change_key),
  unique (workspace_id, id),
  foreign key (workspace_id, channel_id) references notification_channel (workspace_id, id) on delete cascade,
  check (subject is not null or state not in ('waiting', 'sending', 'delivered', 'unknown'))
);
create unique index notification_gathering on notification (channel_id, family) where state = 'gathering';
create index notification_due on notification (state, next_at) where state in ('gathering', 'quiet', 'waiting', 'sending');
create index notification_log on notification (channel_id, created_at desc, id desc);
create index notification_age on notification (created_at);

-- What a channel was told of an incident that goes on.
create table notification_incident (
  workspace_id uuid not null,
  channel_id uuid not null,
  incident text not null,
  state text not null check (state in ('degraded', 'down')),
  opened_at timestamptz not null,
  primary key (channel_id, incident),
  foreign key (workspace_id, channel_id) references notification_channel (workspace_id, id) on delete cascade
);

-- Codes that prove addresses. They outlive their channel: deleting it makes no room for more.
create table notification_code (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  channel_id uuid not null,
  address_hmac bytea not null,
  code_hash bytea not null,
  tries smallint not null default 0,
  ended boolean not null default false,
  expires_at timestamptz not null,
  sent_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index notification_code_channel on notification_code (channel_id, sent_at desc);
create index notification_code_address on notification_code (address_hmac, sent_at);
create index notification_code_workspace on notification_code (workspace_id, sent_at);

-- What happened before anyone could listen is not told.
insert into event_cursor (consumer, last_xid)
values ('incidents.notifications', pg_snapshot_xmin(pg_current_snapshot()))
on conflict do nothing;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
delete from event_cursor where consumer = 'incidents.notifications';
drop table notification_code, notification_incident, notification, notification_channel;
    `);
  }
}
