import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands elsewhere than planned is asked for by every visitor of a status page, and is rare. */
export class IndexReroutes1795200000069 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index target_reroutes on target (workspace_id, scheduled_at desc) where role = 'reroute';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_reroutes;
    `);
  }
}
