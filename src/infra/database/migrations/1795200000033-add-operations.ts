import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators count and lists filter by, found without walking what is not asked for. */
export class AddOperations1795200000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Few rows at any time: the way from scheduled to published never touches it.
create index target_stuck on target (status, hold_reason) where status in ('held', 'unconfirmed', 'needs_decision');

-- The list of targets, newest scheduled first, by each filter: a rare value must not walk the whole calendar.
create index target_by_status on target (workspace_id, status, scheduled_at desc, id desc);
create index target_by_platform on target (workspace_id, platform, scheduled_at desc, id desc);
create index target_by_account on target (account_id, scheduled_at desc, id desc);
create index target_by_role on target (workspace_id, role, scheduled_at desc, id desc) where role <> 'origin';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop index target_by_role, target_by_account, target_by_platform, target_by_status, target_stuck',
    );
  }
}
