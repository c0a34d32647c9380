import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A published target remembers what came out other than asked, for example that YouTube made it private. */
export class AddTargetNotices1795200000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table target add column notices text[] not null default '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table target drop column notices');
  }
}
