import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each account's posts usually gather, which a read of their views is held against; and who paused a post or
 * changed an account's status, when and why.
 */
export class ExtendOperations1795200000063 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table views_history (
  account_id uuid primary key,
  workspace_id uuid not null,
  -- Views an hour, and reads they were learnt from, for each age a post goes through.
  per_hour float8[] not null,
  seen int[] not null,
  -- When views last came.
  confirmed_at timestamptz not null,
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  check (cardinality(per_hour) = cardinality(seen))
);
alter table post add column pause_reason text, add column paused_by text;
alter table account add column status_at timestamptz, add column status_by text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table account drop column status_at, drop column status_by;
alter table post drop column pause_reason, drop column paused_by;
drop table views_history;
    `);
  }
}
