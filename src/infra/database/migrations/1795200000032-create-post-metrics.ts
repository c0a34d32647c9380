import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counters of published targets by age, what is to be read next, and how many calls that may cost. */
export class CreatePostMetrics1795200000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table target_metric (
  target_id uuid not null,
  at timestamptz not null,
  workspace_id uuid not null,
  -- The nominal age this sample stands for; null where it was taken too late for any.
  milestone_seconds int,
  views bigint check (views >= 0),
  likes bigint check (likes >= 0),
  comments bigint check (comments >= 0),
  shares bigint check (shares >= 0),
  -- The platform was in trouble when it answered.
  suspect boolean not null default false,
  primary key (target_id, at),
  foreign key (workspace_id, target_id) references target (workspace_id, id)
);

-- Apart from target: moving a look must not rewrite the indexes of the wide row.
create table target_metric_look (
  target_id uuid primary key,
  workspace_id uuid not null,
  account_id uuid not null,
  platform text not null,
  published_at timestamptz not null,
  next_at timestamptz not null,
  failures int not null default 0,
  foreign key (workspace_id, target_id) references target (workspace_id, id)
);
create index target_metric_look_due on target_metric_look (next_at);

create table metric_call_window (
  scope_id text not null,
  window_start timestamptz not null,
  ends_at timestamptz not null,
  calls int not null,
  primary key (scope_id, window_start)
);

-- Analytics asks for what one workspace published in a span of time.
create index target_published on target (workspace_id, published_at) where status = 'published';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index target_published;
drop table metric_call_window, target_metric_look, target_metric;
    `);
  }
}
