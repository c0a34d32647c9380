import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The backup list, its consent ledger and one row per mail. */
export class CreateAudience1795200000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table subscriber (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  email text,
  email_hmac bytea not null,
  phone text,
  status text not null check (status in ('pending', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'erased')),
  zone text,
  language text,
  attributes jsonb not null default '{}',
  tags text[] not null default '{}',
  confirm_token_hash bytea unique,
  confirm_expires_at timestamptz,
  confirm_sent_count smallint not null default 0,
  unsubscribe_token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, email_hmac)
);
create index subscriber_newest on subscriber (workspace_id, created_at desc, id desc);

create table suppression (
  workspace_id uuid not null references workspace (id) on delete cascade,
  channel text not null check (channel in ('email', 'sms')),
  address_hmac bytea not null,
  reason text not null check (reason in ('unsubscribed', 'bounced', 'complained', 'manual', 'erased')),
  at timestamptz not null default now(),
  primary key (workspace_id, channel, address_hmac)
);

create table consent (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  subscriber_id uuid not null,
  purpose text not null,
  action text not null check (action in ('requested', 'given', 'withdrawn')),
  text text not null,
  text_version text not null,
  language text not null,
  source text not null,
  ip inet,
  user_agent text,
  at timestamptz not null default now(),
  previous_hash bytea,
  hash bytea not null,
  foreign key (workspace_id, subscriber_id) references subscriber (workspace_id, id)
);
create index consent_subscriber on consent (subscriber_id, id);

create table broadcast (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('blackout', 'all_clear', 'news')),
  incident_id uuid references incident (id),
  status text not null check (status in ('draft', 'sending', 'paused', 'sent', 'cancelled')),
  subject text not null,
  body_text text not null,
  body_html text,
  content_hash bytea,
  frozen_at timestamptz,
  approved_by text,
  finished_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, incident_id, kind)
);
create index broadcast_newest on broadcast (workspace_id, created_at desc, id desc);

create table broadcast_recipient (
  broadcast_id uuid not null,
  workspace_id uuid not null,
  subscriber_id uuid not null,
  channel text not null default 'email' check (channel in ('email', 'sms')),
  address_hmac bytea not null,
  state text not null check (state in ('pending', 'claimed', 'handed', 'accepted', 'deferred', 'failed', 'suppressed',
    'unknown')),
  fence bigint not null default 0,
  worker_id uuid,
  intent_at timestamptz,
  message_id text not null,
  server text,
  reply text,
  tries smallint not null default 0,
  next_try_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (broadcast_id, subscriber_id),
  unique (broadcast_id, channel, address_hmac),
  foreign key (workspace_id, broadcast_id) references broadcast (workspace_id, id) on delete cascade,
  foreign key (workspace_id, subscriber_id) references subscriber (workspace_id, id)
);
create index broadcast_recipient_next on broadcast_recipient (next_try_at) where state in ('pending', 'deferred', 'claimed', 'handed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table broadcast_recipient, broadcast, consent, suppression, subscriber;
    `);
  }
}
