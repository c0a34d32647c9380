import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets that wait for another try, found at once when their platform goes down. */
export class IndexRetries1795200000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index target_retries on target (id) where status = 'scheduled' and tries > 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index target_retries`);
  }
}
