import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in, their places in workspaces, and everything around passwords. */
export class CreateMembers1795200000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- One address and one password for somebody in several workspaces; belongs to none of them.
create table person (
  id uuid primary key,
  email text not null unique,
  name text not null default '' check (length(name) <= 200),
  password_hash text not null,
  password_set_at timestamptz not null default now(),
  -- When a secret that was mailed there came back.
  proved_at timestamptz,
  created_at timestamptz not null default now()
);

create table member (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  role text not null check (role in ('owner', 'editor', 'approver', 'viewer')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  constraint member_once unique (workspace_id, person_id)
);
create index member_newest on member (workspace_id, created_at desc, id desc);
create index member_person on member (person_id);

create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  workspace_id uuid not null,
  member_id uuid not null,
  person_id uuid not null references person (id) on delete cascade,
  address text not null,
  user_agent text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index session_member on session (workspace_id, member_id);
create index session_person on session (person_id);
create index session_expiry on session (expires_at);

create table invite (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'editor', 'approver', 'viewer')),
  invited_by text not null,
  -- Made when the mail is written; the secret itself is only in the mail.
  token_hash bytea unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When the mail is to be written; null: it was, or never will be.
  mail_at timestamptz default now(),
  mail_tries smallint not null default 0,
  mailed_at timestamptz,
  accepted_at timestamptz,
  revoked_at timestamptz,
  unique (workspace_id, id),
  check (accepted_at is null or revoked_at is null)
);
create unique index invite_open on invite (workspace_id, email) where accepted_at is null and revoked_at is null;
create index invite_newest on invite (workspace_id, created_at desc, id desc);
create index invite_mail on invite (mail_at) where mail_at is not null;

-- Also for addresses that nobody has: asking is the same work for both.
create table password_reset (
  id uuid primary key,
  email text not null,
  token_hash bytea unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  mail_at timestamptz default now(),
  mail_tries smallint not null default 0,
  mailed_at timestamptz,
  used_at timestamptz
);
create index password_reset_email on password_reset (email) where used_at is null;
create index password_reset_mail on password_reset (mail_at) where mail_at is not null;

create table sign_in_throttle (
  kind text not null,
  of bytea not null,
  tries int not null,
  resets_at timestamptz not null,
  primary key (kind, of)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table sign_in_throttle, password_reset, invite, session, member, person;
    `);
  }
}
