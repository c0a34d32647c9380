import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the firing statements read is found by an index, however much lies behind. */
export class IndexFiring1795200000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Calls that nobody has settled: looked for among all attempts that ever were.
create index attempt_intended on attempt (created_at) where state = 'intended';
-- With the id: very many are due in one instant, and the feeder goes through them in portions.
drop index target_due;
create index target_due on target (due_at, id) where status in ('scheduled', 'held');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_due;
create index target_due on target (due_at) where status in ('scheduled', 'held');
drop index attempt_intended;
    `);
  }
}
