import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that open a door once: the set-up of a new installation, and an operator's link for a member. */
export class CreateAccessLinks1795200000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table access_link (
  id uuid primary key,
  kind text not null check (kind in ('setup', 'sign_in')),
  token_hash bytea not null unique,
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- Whom a sign-in link lets in; the set-up makes its member.
  member_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- A later start of the server made another set-up link.
  replaced_at timestamptz,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
  check ((kind = 'sign_in') = (member_id is not null))
);
create unique index access_link_setup on access_link (kind) where kind = 'setup' and used_at is null and replaced_at is null;
create index access_link_expiry on access_link (expires_at);
create index access_link_member on access_link (workspace_id, member_id) where member_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table access_link;
    `);
  }
}
