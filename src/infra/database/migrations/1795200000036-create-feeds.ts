import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pages of others as evidence for platforms, and how our own mail and storage providers do. */
export class CreateFeeds1795200000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table feed (
  id uuid primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  title text not null check (length(title) between 1 and 120),
  url text not null check (length(url) between 1 and 2000),
  format text not null check (format in ('statuspage', 'rss', 'meta', 'google', 'uptimerobot')),
  platform text not null,
  -- null: every region.
  region text,
  -- null: everything on the page.
  service text,
  least_severity text not null check (least_severity in ('minor', 'major', 'critical')),
  every_seconds int not null check (every_seconds between 1 and 3600),
  built_in boolean not null,
  -- A built-in feed that an operator removed keeps its row, or the next start would bring it back.
  removed_at timestamptz,
  etag text,
  last_modified text,
  -- When it is due; while a process looks, when that look is given up for dead.
  next_at timestamptz not null default now(),
  looked_at timestamptz,
  failures smallint not null default 0,
  -- What its readings came to: domain/feeds/advisory.ts.
  knowledge jsonb,
  created_at timestamptz not null default now()
);

-- Bad news, as it came. No foreign key: what a feed said outlives the feed.
create table feed_evidence (
  id uuid primary key,
  feed_id uuid not null,
  source text not null,
  platform text not null,
  region text,
  severity text not null check (severity in ('minor', 'major', 'critical')),
  summary text not null,
  seen_at timestamptz not null,
  until timestamptz not null
);
create index feed_evidence_of_platform on feed_evidence (platform, seen_at desc);
create index feed_evidence_age on feed_evidence (seen_at);

create table provider_health (
  provider text not null check (provider in ('mail', 'storage')),
  name text not null,
  state text not null check (state in ('healthy', 'degraded', 'down')),
  since timestamptz not null,
  reason text not null,
  -- Score and samples: domain/providers/provider-detector.ts.
  statistic jsonb not null,
  last_good_at timestamptz,
  last_bad_at timestamptz,
  -- Of the last bad call; for operators.
  detail text,
  primary key (provider, name)
);

create table provider_transition (
  id bigint generated always as identity primary key,
  provider text not null,
  name text not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  statistic jsonb not null,
  at timestamptz not null
);
create index provider_transition_order on provider_transition (provider, name, at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table provider_transition, provider_health, feed_evidence, feed');
  }
}
