import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = `'platform', 'account', 'quota', 'approval', 'paused', 'panic', 'self_suspect', 'earlier_occurrence'`;

/** Second copies, looks after a belief in absence, looks before overdue sends, and whether the database was restored. */
export class AddTruth1795200000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table target drop constraint target_hold_reason_check;
alter table target add constraint target_hold_reason_check check (hold_reason in (${REASONS}, 'overdue'));

-- A copy that proved live beside the one the target carries: reported, never hidden.
create table target_duplicate (
  target_id uuid not null,
  attempt_id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  platform_post_id text,
  permalink text,
  found_at timestamptz not null default clock_timestamp(),
  primary key (target_id, attempt_id),
  foreign key (workspace_id, target_id) references target (workspace_id, id),
  foreign key (workspace_id, attempt_id) references attempt (workspace_id, id)
);
create index target_duplicate_account on target_duplicate (account_id);

-- The next look at an attempt whose absence was believed; null: none is planned.
alter table attempt add column second_look_at timestamptz, add column second_looks smallint not null default 0;
create index attempt_second_look on attempt (second_look_at) where second_look_at is not null;
create index attempt_never_seen_again on attempt (id)
  where state = 'disproved' and second_looks = 0 and second_look_at is null;

-- epoch and beat are kept beside the files too: a database that stands behind them was restored from a backup and has
-- forgotten what was sent since.
alter table instance
  add column past_epochs uuid[] not null default '{}',
  add column beat bigint not null default 0,
  add column seen_at timestamptz,
  add column restored_at timestamptz,
  -- Due this long ago and fired by nobody: looked for before it is sent.
  add column overdue_ms int not null default 600000 check (overdue_ms > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table instance drop column past_epochs, drop column beat, drop column seen_at, drop column restored_at,
  drop column overdue_ms;
drop table target_duplicate;
drop index attempt_never_seen_again, attempt_second_look;
alter table attempt drop column second_look_at, drop column second_looks;
update target set hold_reason = 'platform' where hold_reason = 'overdue';
alter table target drop constraint target_hold_reason_check;
alter table target add constraint target_hold_reason_check check (hold_reason in (${REASONS}));
    `);
  }
}
