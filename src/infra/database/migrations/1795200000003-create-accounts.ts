import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connected identities, their encrypted tokens and their quotas. */
export class CreateAccounts1795200000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table platform_identity (
  id uuid primary key,
  platform text not null,
  external_id text not null,
  unique (platform, external_id)
);

create table account (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  platform text not null,
  identity_id uuid not null references platform_identity (id),
  display_name text not null,
  region text not null,
  status text not null check (status in ('active', 'needs_reconnect', 'paused', 'disconnected')),
  status_reason text,
  cred_enc bytea,
  key_id text,
  token_version int not null default 1,
  token_expires_at timestamptz,
  refresh_lease_until timestamptz,
  refresh_fence bigint not null default 0,
  invalid_grant_at timestamptz,
  scopes text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  -- Reconnecting revives the row, so "the same account" survives.
  unique (workspace_id, identity_id),
  check (status <> 'active' or cred_enc is not null)
);
create index account_newest on account (workspace_id, created_at desc, id desc);
create index account_platform on account (platform, region) where status = 'active';

create table quota_window (
  scope text not null check (scope in ('account', 'app')),
  scope_id text not null,
  kind text not null,
  window_start timestamptz not null,
  used int not null default 0 check (used >= 0),
  limit_n int not null,
  resets_at timestamptz not null,
  primary key (scope, scope_id, kind, window_start)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table quota_window, account, platform_identity;
    `);
  }
}
