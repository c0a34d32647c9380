import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replacements that were refused and found no successor yet: asked each minute while they are fresh. */
export class IndexRefusedReplacements1795200000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index target_refused on target (stale_at)
        where status = 'failed' and role = 'reroute' and outcome = 'rejected' and replacement_id is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index target_refused`);
  }
}
