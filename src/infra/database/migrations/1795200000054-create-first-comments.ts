import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of first comments: one row for each target that has one, its intent before the call. */
export class CreateFirstComments1795200000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table first_comment (
  target_id uuid primary key,
  workspace_id uuid not null,
  state text not null check (state in ('planned', 'intended', 'sent', 'refused', 'unknown', 'expired')),
  body_text text not null,
  message_id text,
  tries smallint not null default 0,
  next_at timestamptz,
  intent_at timestamptz,
  outcome_at timestamptz,
  detail text,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (workspace_id, target_id) references target (workspace_id, id),
  constraint first_comment_is_looked_at check (state not in ('planned', 'intended') or next_at is not null)
);
create index first_comment_next on first_comment (next_at) where state in ('planned', 'intended');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table first_comment');
  }
}
