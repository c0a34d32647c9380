import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signals, what the detector makes of them, incidents and overrides. */
export class CreateHealth1795200000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table signal (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  platform text not null,
  region text not null,
  capability text not null,
  workspace_id uuid,
  account_id uuid,
  target_id uuid,
  source text not null check (source in ('attempt', 'probe', 'stall', 'feed')),
  verdict text not null check (verdict in ('good', 'bad', 'unknown')),
  error_class text,
  latency_ms int,
  at timestamptz not null default clock_timestamp()
);
create index signal_order on signal (xid, id);
create index signal_age on signal using brin (at);

create table platform_health (
  platform text not null,
  region text not null,
  capability text not null,
  state text not null check (state in ('healthy', 'degraded', 'down', 'recovering')),
  since timestamptz not null default now(),
  statistic jsonb not null default '{}',
  reason text not null default '',
  dwell_until timestamptz,
  ramp_step smallint not null default 0,
  canary_left int not null default 0,
  processed_xid xid8 not null default '0',
  config_hash text not null default '',
  version bigint not null default 1,
  primary key (platform, region, capability)
);

create table health_cursor (
  only_row boolean primary key default true check (only_row),
  last_xid xid8 not null default '0',
  last_id bigint not null default 0
);
insert into health_cursor default values;

create table incident (
  id uuid primary key,
  platform text not null,
  region text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  worst_state text not null check (worst_state in ('degraded', 'down')),
  reason text not null
);
create unique index incident_open on incident (platform, region) where closed_at is null;

create table transition (
  id bigint generated always as identity primary key,
  platform text not null,
  region text not null,
  capability text not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  statistic jsonb not null,
  samples jsonb not null,
  thresholds jsonb not null,
  config_hash text not null,
  incident_id uuid references incident (id),
  at timestamptz not null
);
create index transition_recent on transition (platform, region, at desc);

create table override (
  id uuid primary key,
  scope text not null check (scope in ('instance', 'workspace')),
  workspace_id uuid references workspace (id) on delete cascade,
  platform text not null,
  region text,
  state text not null check (state in ('healthy', 'degraded', 'down')),
  reason text not null,
  author text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  check ((scope = 'workspace') = (workspace_id is not null))
);
create index override_live on override (platform) where ended_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table override, transition, incident, health_cursor, platform_health, signal;
    `);
  }
}
