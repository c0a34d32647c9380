import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened in an incident and what the public was told; what platforms answered to each attempt. */
export class CreateIncidentLedger1795200000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Trouble that comes back soon belongs to the same incident: it keeps its first opening and remembers the last one.
alter table incident
  add column reopened_at timestamptz,
  add column reopened_count int not null default 0,
  add column capabilities text[] not null default '{publish}';
create index incident_newest on incident (opened_at desc, id desc);
create index incident_of_key on incident (platform, region, opened_at desc);
create index transition_incident on transition (incident_id, at desc, id desc) where incident_id is not null;

create table incident_entry (
  incident_id uuid not null references incident (id) on delete cascade,
  -- Where it comes from: what is read twice is written once.
  source_key text not null,
  id uuid not null,
  -- null: of the platform itself, the same for everybody.
  workspace_id uuid references workspace (id) on delete cascade,
  at timestamptz not null,
  kind text not null check (kind in ('signal', 'transition', 'advisory', 'decision', 'override', 'audience', 'note')),
  type text not null,
  subject_id text,
  actor text,
  text text not null,
  data jsonb not null default '{}',
  primary key (incident_id, source_key)
);
create index incident_entry_order on incident_entry (incident_id, workspace_id, at, id);
create index incident_entry_subject on incident_entry (workspace_id, subject_id) where kind = 'decision';

-- How far the signals of an incident are counted.
create table incident_signal_mark (
  incident_id uuid primary key references incident (id) on delete cascade,
  counted_until timestamptz not null
);

create table incident_update (
  id uuid primary key,
  incident_id uuid not null references incident (id) on delete cascade,
  -- null: an operator's word for every workspace's audience.
  workspace_id uuid references workspace (id) on delete cascade,
  feature text not null,
  status text not null check (status in ('investigating', 'identified', 'monitoring', 'resolved')),
  text text not null,
  author text not null,
  at timestamptz not null default clock_timestamp()
);
create index incident_update_newest on incident_update (incident_id, workspace_id, at desc, id desc);

-- The platform's answer in words, beside its codes.
alter table attempt add column answer_detail text;

-- What happened before anyone kept a ledger is not told.
insert into event_cursor (consumer, last_xid) values ('incidents', pg_snapshot_xmin(pg_current_snapshot()))
on conflict do nothing;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
delete from event_cursor where consumer = 'incidents';
alter table attempt drop column answer_detail;
drop table incident_update, incident_signal_mark, incident_entry;
drop index transition_incident, incident_of_key, incident_newest;
alter table incident drop column capabilities, drop column reopened_count, drop column reopened_at;
    `);
  }
}
