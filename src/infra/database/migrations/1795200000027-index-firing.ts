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
-- Only for who asks about a medium: "not null" keeps the planner from reading all that is planned through this one.
drop index target_media;
create index target_media on target (media_id) where media_id is not null and status not in
  ('published', 'rerouted', 'missed', 'failed', 'cancelled');
-- Held ones are few; without this they are looked for among all that is planned.
create index target_held on target (hold_reason, due_at) where status = 'held';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_held;
drop index target_media;
create index target_media on target (media_id) where status not in
  ('published', 'rerouted', 'missed', 'failed', 'cancelled');
drop index target_due;
create index target_due on target (due_at) where status in ('scheduled', 'held');
drop index attempt_intended;
    `);
  }
}
