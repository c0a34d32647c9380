import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a target does when its platform is not healthy. */
export class CreateRouting1795200000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table route (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  scope text not null check (scope in ('workspace', 'platform', 'account', 'tag', 'post')),
  -- '' for the workspace itself; an account id, a tag, a post id, a platform name.
  scope_id text not null default '',
  -- Whose trouble this route answers; '*' for any platform.
  platform text not null default '*',
  on_degraded text not null check (on_degraded in ('publish', 'hold', 'reroute')),
  on_down text not null check (on_down in ('publish', 'hold', 'reroute')),
  on_unknown text not null check (on_unknown in ('wait', 'reroute')),
  on_account_trouble text not null check (on_account_trouble in ('hold', 'reroute')),
  hold_for_seconds int not null check (hold_for_seconds between 0 and 604800),
  stale_after_seconds int not null check (stale_after_seconds between 60 and 2592000),
  broadcast_after_seconds int check (broadcast_after_seconds >= 0),
  failback text not null check (failback in ('none', 'catch_up')),
  remove_late boolean not null default false,
  announce uuid[] not null default '{}',
  max_extra_per_day int check (max_extra_per_day > 0),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, scope, scope_id, platform)
);

create table route_fallback (
  route_id uuid not null,
  workspace_id uuid not null,
  position smallint not null check (position >= 0),
  account_id uuid not null,
  primary key (route_id, position),
  unique (route_id, account_id),
  foreign key (workspace_id, route_id) references route (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table route_fallback, route;
    `);
  }
}
