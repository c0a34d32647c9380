import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What platforms tell by themselves: delivered at least once and in any order, so kept once and applied when it fits. */
export class CreatePlatformNotices1795200000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table platform_notice (
  platform text not null,
  -- Same for every delivery of one event.
  key text not null,
  notice jsonb not null,
  at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  next_try_at timestamptz not null default clock_timestamp(),
  verdict text check (verdict in ('applied', 'ignored', 'expired')),
  settled_at timestamptz,
  primary key (platform, key),
  check ((verdict is null) = (settled_at is null))
);
create index platform_notice_waiting on platform_notice (next_try_at) where verdict is null;
-- A notice names the platform's handle only.
create index attempt_handle on attempt (handle) where handle is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index attempt_handle;
drop table platform_notice;
    `);
  }
}
