import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which accounts have carried a run: the open and published ones are in `target_once_per_account`, these are the rest. */
export class IndexTriedTargets1795200000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index target_tried on target (occurrence_id, account_id) where status in ('missed', 'failed', 'rerouted')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index target_tried`);
  }
}
