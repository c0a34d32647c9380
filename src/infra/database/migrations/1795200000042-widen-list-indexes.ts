import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A list by two filters walks the index of one; what the other leaves out must not be fetched from the table.
 * Columns behind the order are compared within the index.
 */
export class WidenListIndexes1795200000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_by_status, target_by_platform, target_by_account, target_by_role;
create index target_by_status on target
  (workspace_id, status, scheduled_at desc, id desc, platform, role, account_id);
create index target_by_platform on target (workspace_id, platform, scheduled_at desc, id desc, status, role);
create index target_by_account on target (account_id, scheduled_at desc, id desc, status, role, platform);
create index target_by_role on target
  (workspace_id, role, scheduled_at desc, id desc, status, platform, account_id) where role <> 'origin';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_by_status, target_by_platform, target_by_account, target_by_role;
create index target_by_status on target (workspace_id, status, scheduled_at desc, id desc);
create index target_by_platform on target (workspace_id, platform, scheduled_at desc, id desc);
create index target_by_account on target (account_id, scheduled_at desc, id desc);
create index target_by_role on target (workspace_id, role, scheduled_at desc, id desc) where role <> 'origin';
    `);
  }
}
