import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who must approve what before it goes out, and everything that was said. */
export class CreateApprovals1795200000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- null: it needs no approval. Only an approved target can wait for its time or be published, whatever code writes it.
alter table target
  add column approval text check (approval in ('waiting', 'given', 'rejected')),
  add constraint unapproved_never_goes
    check (approval is null or approval = 'given' or status not in ('scheduled', 'publishing')) not valid;
alter table target validate constraint unapproved_never_goes;
create index target_unapproved on target (workspace_id, scheduled_at, id) where status = 'held' and approval in ('waiting', 'rejected');

create table approval_rule (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- null: of every account without a rule of its own.
  account_id uuid,
  needs_approval boolean not null,
  on_deadline text not null check (on_deadline in ('hold', 'miss')),
  changed_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique nulls not distinct (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);

create table approval_entry (
  id uuid primary key,
  workspace_id uuid not null,
  target_id uuid not null,
  action text not null check (action in ('requested', 'given', 'rejected', 'withdrawn', 'expired')),
  actor text not null,
  comment text check (length(comment) <= 2000),
  -- Of what the target said then.
  content_hash bytea not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (workspace_id, target_id) references target (workspace_id, id) on delete cascade
);
create index approval_entry_target on approval_entry (target_id, at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table approval_entry, approval_rule;
update target set status = 'cancelled', hold_reason = null, hold_until = null where status = 'held' and hold_reason = 'approval';
drop index target_unapproved;
alter table target drop constraint unapproved_never_goes, drop column approval;
    `);
  }
}
