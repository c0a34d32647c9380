import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Kill switches for a platform, a workspace, or both. The switches of a post and an account stay where they live
 * (`post.paused_at`, `account.status`). The partial indexes keep the firing statements from reading whole tables.
 */
export class CreatePauses1795200000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table pause (
  id uuid primary key,
  -- null: every workspace of the instance.
  workspace_id uuid references workspace (id) on delete cascade,
  -- null: every platform.
  platform text,
  reason text,
  actor text not null,
  created_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (workspace_id, platform),
  check (workspace_id is not null or platform is not null)
);
create index account_paused on account (id) where status = 'paused';
create index post_paused on post (id) where paused_at is not null;
create index target_paused on target (stale_at, id) where status = 'held' and hold_reason = 'paused';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_paused, post_paused, account_paused;
drop table pause;
    `);
  }
}
