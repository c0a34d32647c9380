import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of links in captions, and the short links made of them. */
export class CreateLinks1795200000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table link_setting (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  -- Hosts whose links are ours, with all below them; only these get parameters or become short.
  domains text[] not null default '{}',
  -- By platform name, '*' for all others: {source, medium, campaign, term, content}.
  utm jsonb not null default '{}',
  shorten boolean not null default false,
  updated_at timestamptz not null default now()
);

create table short_link (
  -- Derived from target and url by a secret key: the same again for the same, and not to be guessed.
  code text primary key check (length(code) between 8 and 32),
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- Written before its target, in the same transaction.
  target_id uuid not null,
  url text not null,
  visits bigint not null default 0,
  last_visit_at timestamptz,
  created_at timestamptz not null default now()
);
create index short_link_target on short_link (workspace_id, target_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table short_link, link_setting;
    `);
  }
}
