import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators count and lists filter by, found without walking what is not asked for. */
export class AddOperations1795200000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Few rows at any time: the way from scheduled to published never touches it.
create index target_stuck on target (status, hold_reason) where status in ('held', 'unconfirmed', 'needs_decision');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index target_stuck');
  }
}
