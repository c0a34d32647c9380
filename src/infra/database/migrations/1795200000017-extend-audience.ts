import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A broadcast remembers whom it is for; a consent that was given elsewhere remembers its proof. */
export class ExtendAudience1795200000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table broadcast add column tags text[] not null default '{}';
alter table consent add column evidence text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table consent drop column evidence;
alter table broadcast drop column tags;
    `);
  }
}
