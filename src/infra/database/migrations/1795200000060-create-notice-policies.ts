import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a workspace tells its list of outages, and since when a notice waits for a person. */
export class CreateNoticePolicies1795200000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table notice_policy (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  sending text not null check (sending in ('automatic', 'approval')),
  at_once_without_fallback boolean not null,
  all_clear text not null check (all_clear in ('automatic', 'approval', 'never')),
  max_per_day smallint not null check (max_per_day between 1 and 20),
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  check ((quiet_from is null) = (quiet_until is null)),
  check (quiet_from <> quiet_until)
);

-- It was due and did not go by itself: told once, with the reason.
alter table broadcast add column waiting_since timestamptz, add column waiting_reason text;
create index broadcast_incident on broadcast (incident_id, kind) where incident_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index broadcast_incident;
alter table broadcast drop column waiting_reason, drop column waiting_since;
drop table notice_policy;
    `);
  }
}
