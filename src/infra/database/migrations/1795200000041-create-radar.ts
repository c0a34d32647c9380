import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the radar follows, its series, and what was out of the ordinary. */
export class CreateRadar1795200000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table radar_watch (
  id uuid primary key,
  kind text not null check (kind in ('app_rank', 'mentions')),
  title text not null check (length(title) between 1 and 120),
  platform text,
  region text,
  subject jsonb not null,
  -- What a look must know of the one before: domain/radar/radar.ports.ts.
  memory jsonb not null default '{}',
  -- When its document is due; while a process looks, when that look is given up for dead.
  next_at timestamptz not null default now(),
  looked_at timestamptz,
  failures smallint not null default 0,
  error text,
  created_at timestamptz not null default clock_timestamp()
);

create table radar_point (
  watch_id uuid not null references radar_watch (id) on delete cascade,
  -- Of the look; for mentions the start of the hour.
  at timestamptz not null,
  -- A rank, null: not in the chart; or how many mentions.
  value int,
  -- Mentions: how much of the hour was listened to.
  covered_seconds real not null,
  primary key (watch_id, at)
);
create index radar_point_age on radar_point using brin (at);

create table radar_alert (
  id uuid primary key,
  watch_id uuid not null references radar_watch (id) on delete cascade,
  opened_at timestamptz not null,
  closed_at timestamptz,
  value int not null,
  baseline double precision not null,
  threshold double precision not null,
  summary text not null,
  check (closed_at >= opened_at)
);
create unique index radar_alert_standing on radar_alert (watch_id) where closed_at is null;
create index radar_alert_order on radar_alert (opened_at desc, id desc);

-- Where a stream was left, in its own microseconds; also the fence between two who listen.
create table radar_cursor (
  stream text primary key,
  time_us bigint not null
);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table radar_cursor, radar_alert, radar_point, radar_watch');
  }
}
