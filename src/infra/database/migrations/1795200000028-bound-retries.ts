import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a platform that is unwell may get: retries per minute, and one call an hour while it keeps our app away. */
export class BoundRetries1795200000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table retry_budget (
  platform text primary key,
  minute timestamptz not null default 'epoch',
  first_tries int not null default 0 check (first_tries >= 0),
  -- Of the minute before: a minute that has just begun has none of its own.
  first_tries_before int not null default 0 check (first_tries_before >= 0),
  retries int not null default 0 check (retries >= 0)
);

-- Of a reported cap: until when the platform itself said; resets_at is when one call asks again. null: the same.
alter table quota_window add column says_until timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table quota_window drop column says_until;
drop table retry_budget;
    `);
  }
}
