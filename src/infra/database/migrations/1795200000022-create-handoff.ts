import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets that a person posts by hand: who was told when, and what they said. */
export class CreateHandoff1795200000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table handoff (
  id uuid primary key,
  workspace_id uuid not null,
  target_id uuid not null,
  attempt_id uuid not null,
  account_id uuid not null,
  state text not null check (state in ('due', 'notified', 'opened', 'confirmed', 'skipped', 'expired')),
  expires_at timestamptz not null,
  -- When the next mail wants to leave; moved on before it does, so that a process that dies sends none twice.
  next_mail_at timestamptz default clock_timestamp(),
  -- 1: told, 2: reminded.
  mails smallint not null default 0 check (mails between 0 and 2),
  mail_refusals smallint not null default 0,
  mail_reply text,
  notified_at timestamptz,
  opened_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  link text,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, id),
  unique (attempt_id),
  foreign key (workspace_id, target_id) references target (workspace_id, id),
  foreign key (workspace_id, attempt_id) references attempt (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  constraint handoff_end_is_known check (
    (state in ('confirmed', 'skipped', 'expired')) = (ended_at is not null and ended_by is not null))
);
-- A target waits for one person's word at a time.
create unique index handoff_one_open on handoff (target_id) where state in ('due', 'notified', 'opened');
create index handoff_mail on handoff (next_mail_at)
  where next_mail_at is not null and state in ('due', 'notified', 'opened');
create index handoff_expiry on handoff (expires_at) where state in ('due', 'notified', 'opened');
create index handoff_list on handoff (workspace_id, created_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table handoff;`);
  }
}
