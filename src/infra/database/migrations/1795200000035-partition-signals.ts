import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signals by day, so that old days are dropped instead of deleted; days that nobody made yet go to `signal_rest`. And
 * what is known of our own connection.
 */
export class PartitionSignals1795200000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table signal rename to signal_unparted;
alter index signal_order rename to signal_unparted_order;
alter index signal_age rename to signal_unparted_age;
create table signal (
  id bigint generated always as identity,
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
) partition by range (at);
create index signal_order on signal (xid, id);
create index signal_age on signal using brin (at);
create table signal_rest partition of signal default;
insert into signal overriding system value select * from signal_unparted;
select setval(pg_get_serial_sequence('signal', 'id'), greatest((select max(id) from signal), 1));
drop table signal_unparted;
alter table health_cursor add column self jsonb not null default '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table health_cursor drop column self;
create table signal_whole (like signal including defaults including constraints);
insert into signal_whole select * from signal;
drop table signal;
alter table signal_whole rename to signal;
alter table signal alter column id add generated always as identity;
select setval(pg_get_serial_sequence('signal', 'id'), greatest((select max(id) from signal), 1));
alter table signal add primary key (id);
create index signal_order on signal (xid, id);
create index signal_age on signal using brin (at);
    `);
  }
}
