import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For those who run listmonk already: where it is, and what was handed to it. */
export class CreateNewsletterHandOffs1795200000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table newsletter (
  id uuid primary key,
  workspace_id uuid not null unique references workspace (id) on delete cascade,
  url text not null,
  username text not null,
  token_enc bytea not null,
  key_id text not null,
  list_ids int[] not null check (cardinality(list_ids) > 0),
  version int not null default 1,
  updated_at timestamptz not null default now()
);

create table newsletter_hand_off (
  broadcast_id uuid primary key,
  workspace_id uuid not null,
  -- intended: the call may have been made; only a look at the other side tells.
  state text not null check (state in ('intended', 'created', 'refused')),
  campaign_id bigint,
  reply text,
  intent_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  check ((state = 'created') = (campaign_id is not null)),
  foreign key (workspace_id, broadcast_id) references broadcast (workspace_id, id) on delete cascade
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table newsletter_hand_off, newsletter;
    `);
  }
}
