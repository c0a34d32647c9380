import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Broadcasts that start at a time, for a segment, approved by more than one; a workspace's own mail servers and sending
 * domains. What is due is found per broadcast, so that none waits behind another; what a dead sender held, by sender.
 */
export class ExtendSending1795200000057 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table broadcast drop constraint broadcast_status_check;
alter table broadcast
  add constraint broadcast_status_check check (status in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled')),
  add column body_mjml text,
  add column segment_id uuid,
  add column scheduled_at timestamptz,
  add column pause_reason text,
  add constraint broadcast_scheduled_has_time check (status <> 'scheduled' or scheduled_at is not null),
  add foreign key (workspace_id, segment_id) references segment (workspace_id, id);
create index broadcast_scheduled on broadcast (scheduled_at) where status = 'scheduled';
create index broadcast_running on broadcast (id) where status = 'sending';

create table broadcast_approval (
  broadcast_id uuid not null,
  workspace_id uuid not null,
  actor text not null,
  content_hash bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (broadcast_id, actor),
  foreign key (workspace_id, broadcast_id) references broadcast (workspace_id, id) on delete cascade
);

alter table broadcast_recipient add column not_before timestamptz not null default now();
drop index broadcast_recipient_next;
create index broadcast_recipient_due on broadcast_recipient (broadcast_id, next_try_at)
  where state in ('pending', 'deferred');
create index broadcast_recipient_busy on broadcast_recipient (worker_id) where state in ('claimed', 'handed');

create table mail_server (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  host text not null,
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text,
  password_enc bytea,
  key_id text,
  priority int not null,
  connections smallint not null check (connections between 1 and 10),
  per_second real check (per_second > 0),
  warm_up_from date,
  warm_up_first int,
  warm_up_factor real,
  warm_up_until int,
  disabled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  constraint mail_server_login check ((username is null) = (password_enc is null) and (password_enc is null) = (key_id is null)),
  constraint mail_server_warm_up check (num_nonnulls(warm_up_from, warm_up_first, warm_up_factor, warm_up_until) in (0, 4))
);
create index mail_server_newest on mail_server (workspace_id, created_at desc, id desc);

create table mail_server_day (
  workspace_id uuid not null,
  mail_server_id uuid not null,
  day date not null,
  used int not null,
  primary key (mail_server_id, day),
  foreign key (workspace_id, mail_server_id) references mail_server (workspace_id, id) on delete cascade
);

create table sending_domain (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  domain text not null,
  sender text not null,
  selector text not null,
  public_key text not null,
  private_key_enc bytea not null,
  key_id text not null,
  verified_at timestamptz,
  findings jsonb not null default '[]',
  checked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  unique (workspace_id, domain)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table sending_domain, mail_server_day, mail_server;
drop index broadcast_recipient_busy, broadcast_recipient_due;
create index broadcast_recipient_next on broadcast_recipient (next_try_at)
  where state in ('pending', 'deferred', 'claimed', 'handed');
alter table broadcast_recipient drop column not_before;
drop table broadcast_approval;
drop index broadcast_running, broadcast_scheduled;
update broadcast set status = 'draft' where status = 'scheduled';
alter table broadcast drop constraint broadcast_scheduled_has_time, drop column pause_reason, drop column scheduled_at,
  drop column segment_id, drop column body_mjml, drop constraint broadcast_status_check;
alter table broadcast add constraint broadcast_status_check
  check (status in ('draft', 'sending', 'paused', 'sent', 'cancelled'));
    `);
  }
}
