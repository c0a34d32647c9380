import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other wordings of a post; occurrence.variation says which one a run has (0: the post's own words). */
export class CreateContentVariations1795200000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table content_variation (
  workspace_id uuid not null,
  post_id uuid not null,
  -- Never given again, so that a run keeps naming the words it had.
  number smallint not null check (number > 0),
  caption text,
  title text,
  hashtags text[] not null default '{}',
  -- The frame of the video that is its cover, ms from its start.
  cover_ms int check (cover_ms >= 0),
  created_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  primary key (post_id, number),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade,
  check (caption is not null or title is not null or cardinality(hashtags) > 0 or cover_ms is not null)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table content_variation');
  }
}
