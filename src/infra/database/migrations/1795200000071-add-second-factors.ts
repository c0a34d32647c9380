import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes of an app beside the password, and the codes for the day the telephone is gone. */
export class AddSecondFactors1795200000071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table second_factor (
  id uuid primary key,
  person_id uuid not null unique references person (id) on delete cascade,
  secret_enc bytea not null,
  key_id text not null,
  created_at timestamptz not null default now(),
  -- A first code proved that the app has the secret; null: not on yet.
  confirmed_at timestamptz,
  -- The last 30 seconds whose code was taken: it and older ones open nothing again (RFC 6238, 5.2).
  last_step bigint
);

create table recovery_code (
  person_id uuid not null references second_factor (person_id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

alter table workspace add column requires_totp boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table workspace drop column requires_totp;
drop table recovery_code, second_factor;
    `);
  }
}
