import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents under way, the age of tokens, what a platform told about an account, and quotas that can be given back. */
export class ExtendAccounts1795200000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table account
  add column token_obtained_at timestamptz not null default now(),
  -- Who waited longest is renewed next, so that one failing platform does not keep the others waiting.
  add column refresh_tried_at timestamptz,
  add column notices text[] not null default '{}';
update account set token_obtained_at = updated_at;

-- Named by whoever took a part of it, so that exactly that part is given back.
alter table quota_window add column id bigint generated always as identity unique;
create index quota_reported on quota_window (resets_at) where kind = 'reported';

-- The windows this try counts in; null when it counts nowhere or was given back.
alter table attempt add column quota_windows bigint[];

create table oauth_attempt (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  platform text not null,
  -- SHA-256 of the state in the consent address; the row goes when the state is used.
  state_hash bytea not null unique,
  actor text not null,
  -- SHA-256 of the cookie of the browser that began; null when a program asked.
  browser_hash bytea,
  -- Set when a known account shall be connected again.
  account_id uuid,
  region text,
  display_name text,
  options jsonb not null default '{}',
  redirect_uri text not null,
  return_url text,
  -- PKCE verifier and what the adapter keeps, encrypted.
  kept_enc bytea not null,
  key_id text not null,
  expires_at timestamptz not null,
  unique (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
create index oauth_attempt_expiry on oauth_attempt (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table oauth_attempt;
alter table attempt drop column quota_windows;
drop index quota_reported;
alter table quota_window drop column id;
alter table account drop column token_obtained_at, drop column refresh_tried_at, drop column notices;
    `);
  }
}
