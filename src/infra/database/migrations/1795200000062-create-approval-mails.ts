import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What members are told about approvals: what waits for them, and what became of what they asked. */
export class CreateApprovalMails1795200000062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table approval_mail (
  id uuid primary key,
  workspace_id uuid not null,
  member_id uuid not null,
  about text not null check (about in ('requests', 'verdicts')),
  -- The first of its lines, as they are told; item_count counts all.
  items jsonb not null,
  item_count int not null,
  state text not null default 'gathering' check (state in ('gathering', 'again', 'sending', 'sent', 'failed', 'unknown')),
  next_at timestamptz,
  tries smallint not null default 0,
  reply text,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
  constraint open_mail_has_a_time check ((next_at is null) = (state in ('sent', 'failed', 'unknown')))
);
-- One mail to a person gathers at a time: what happens meanwhile joins it.
create unique index approval_mail_gathering on approval_mail (member_id, about) where state = 'gathering';
create index approval_mail_next on approval_mail (next_at) where next_at is not null;
create index approval_mail_ended on approval_mail (ended_at) where ended_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table approval_mail');
  }
}
