import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came back of mail: the ledger, the calls of providers that were taken, and how far a mailbox was read. */
export class CreateDeliveryReports1795200000059 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table delivery_report (
  id uuid primary key,
  workspace_id uuid not null,
  broadcast_id uuid not null,
  subscriber_id uuid not null,
  kind text not null check (kind in ('bounce', 'complaint')),
  class text check (class in ('hard-address', 'hard-domain', 'mailbox-full', 'policy', 'content', 'transient',
    'auto-reply', 'challenge', 'unknown')),
  -- False: the mail may still arrive, or did.
  is_final boolean not null,
  source text not null check (source in ('smtp', 'mail', 'ses', 'sendgrid', 'postmark', 'mailgun')),
  domain text not null,
  -- Words of strangers, addresses taken out.
  evidence text not null,
  -- The same for the same report, however often it is told.
  report_key text not null check (length(report_key) <= 200),
  at timestamptz not null default clock_timestamp(),
  check ((kind = 'complaint') = (class is null)),
  unique (broadcast_id, subscriber_id, report_key),
  foreign key (workspace_id, broadcast_id) references broadcast (workspace_id, id) on delete cascade,
  foreign key (workspace_id, subscriber_id) references subscriber (workspace_id, id)
);
create index delivery_report_broadcast on delivery_report (workspace_id, broadcast_id, at desc, id desc);
create index delivery_report_subscriber on delivery_report (workspace_id, subscriber_id, at desc, id desc);

create table mail_hook_call (
  provider text not null,
  replay_key text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (provider, replay_key)
);
create index mail_hook_call_at on mail_hook_call (at);

create table bounce_mailbox (
  -- user@host/folder
  mailbox text primary key,
  -- The server's UIDVALIDITY: another one means that it numbers anew.
  validity text not null,
  uid bigint not null,
  read_at timestamptz not null default clock_timestamp()
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table bounce_mailbox, mail_hook_call, delivery_report;
    `);
  }
}
