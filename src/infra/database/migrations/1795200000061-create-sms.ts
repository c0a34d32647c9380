import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATES = `'pending', 'claimed', 'handed', 'accepted', 'deferred', 'failed', 'suppressed', 'unknown'`;

/** Texts: how a workspace sends them, one row per text, what was spent, what came in. */
export class CreateSms1795200000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table sms_settings (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  is_on boolean not null,
  sender text not null unique,
  registration text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- [{"country": "US", "segmentMicros": 7900}]: where it may go, and what it costs there.
  countries jsonb not null,
  max_per_broadcast_micros bigint not null check (max_per_broadcast_micros >= 0),
  max_per_day_micros bigint not null check (max_per_day_micros >= 0),
  quiet_from text not null,
  quiet_until text not null,
  version int not null default 1,
  updated_at timestamptz not null default now()
);

-- null: our own words for a notice, no text for news.
alter table broadcast add column sms_text text check (length(sms_text) between 1 and 1600);

create table sms_message (
  id uuid primary key,
  workspace_id uuid not null,
  subscriber_id uuid not null,
  broadcast_id uuid,
  kind text not null check (kind in ('broadcast', 'confirm')),
  phone_hmac bytea not null,
  country text not null,
  body text not null,
  segments smallint not null check (segments > 0),
  cost_micros bigint not null check (cost_micros >= 0),
  state text not null check (state in (${STATES})),
  fence bigint not null default 0,
  worker_id uuid,
  intent_at timestamptz,
  provider_id text,
  reply text,
  tries smallint not null default 0,
  next_try_at timestamptz not null default now(),
  receipt text check (receipt in ('queued', 'sending', 'sent', 'undelivered', 'failed', 'delivered')),
  receipt_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((kind = 'broadcast') = (broadcast_id is not null)),
  unique (broadcast_id, phone_hmac),
  foreign key (workspace_id, broadcast_id) references broadcast (workspace_id, id) on delete cascade,
  foreign key (workspace_id, subscriber_id) references subscriber (workspace_id, id)
);
create index sms_message_next on sms_message (next_try_at) where state in ('pending', 'deferred', 'claimed', 'handed');
create index sms_message_list on sms_message (broadcast_id, created_at desc, id desc);

create table sms_spend (
  workspace_id uuid not null references workspace (id) on delete cascade,
  day date not null,
  micros bigint not null,
  primary key (workspace_id, day)
);

-- A signed message has no time in it: its id tells a copy from the original.
create table sms_heard (
  message_id text primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  keyword text,
  at timestamptz not null default now()
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table sms_heard, sms_spend, sms_message;
alter table broadcast drop column sms_text;
drop table sms_settings;
    `);
  }
}
