import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Phones with a consent of their own, what each person accepts on which channel, saved segments, sign-up forms, and
 * suppressions that say where they came from. Who was on the list agreed to all mail, so both topics are accepted.
 */
export class ExtendSubscribers1795200000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table subscriber
  add column phone_hmac bytea,
  add column phone_status text check (phone_status in ('pending', 'confirmed', 'stopped')),
  add column phone_asked_at timestamptz,
  add column accepts text[] not null default '{email:outages,email:news}'
    check (accepts <@ '{email:outages,email:news,sms:outages,sms:news}'),
  add column confirmed_at timestamptz,
  add check ((phone is null) = (phone_hmac is null)),
  add check (phone_status is null or phone is not null);
update subscriber s set confirmed_at = coalesce(
  (select max(c.at) from consent c where c.subscriber_id = s.id and c.action = 'given'), s.updated_at)
 where s.status = 'confirmed';
create index subscriber_phone on subscriber (workspace_id, phone_hmac) where phone_hmac is not null;
create index subscriber_unasked_phone on subscriber (updated_at)
  where phone_status = 'pending' and phone_asked_at is null;
-- For the purge of those who never confirmed.
create index subscriber_pending on subscriber (created_at) where status = 'pending';

alter table suppression add column note text check (length(note) <= 500);
alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check
  check (reason in ('paused', 'unsubscribed', 'erased', 'bounced', 'manual', 'complained'));
create index suppression_newest on suppression (workspace_id, at desc, address_hmac desc);

-- 'declared': a workspace brought the address from elsewhere without proof; nothing was mailed.
alter table consent drop constraint consent_action_check;
alter table consent add constraint consent_action_check
  check (action in ('requested', 'given', 'withdrawn', 'declared'));
create index consent_ledger on consent (workspace_id, id);

create table segment (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  filter jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id)
);
create unique index segment_name on segment (workspace_id, lower(name));
create index segment_newest on segment (workspace_id, created_at desc, id desc);

create table sign_up_form (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  title text not null,
  intro text not null,
  language text not null,
  consent_text text not null,
  sms_consent_text text,
  topics text[] not null check (topics <@ '{outages,news}' and cardinality(topics) > 0),
  tags text[] not null default '{}',
  is_active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id)
);
create unique index sign_up_form_name on sign_up_form (workspace_id, lower(name));
create index sign_up_form_newest on sign_up_form (workspace_id, created_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table sign_up_form, segment;
drop index consent_ledger;
delete from consent where action = 'declared';
alter table consent drop constraint consent_action_check;
alter table consent add constraint consent_action_check check (action in ('requested', 'given', 'withdrawn'));
drop index suppression_newest;
delete from suppression where reason = 'paused';
alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check
  check (reason in ('unsubscribed', 'bounced', 'complained', 'manual', 'erased'));
alter table suppression drop column note;
drop index subscriber_pending;
alter table subscriber drop column confirmed_at, drop column accepts, drop column phone_asked_at,
  drop column phone_status, drop column phone_hmac;
    `);
  }
}
