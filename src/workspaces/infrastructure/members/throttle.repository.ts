import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { THROTTLE_LIMITS, type ThrottleCount } from '../../domain/members/throttle.policy.js';
import { Throttle, type ThrottleKey } from '../../domain/members/throttle.port.js';

/** In one order for everybody, so that nobody waits in a circle. */
const COUNT = `
  insert into sign_in_throttle as t (kind, of, tries, resets_at)
  select w.kind, w.of, 1, now() + w.ms * interval '1 millisecond'
    from unnest($1::text[], $2::bytea[], $3::float8[]) as w(kind, of, ms) order by w.kind, w.of
  on conflict (kind, of) do update
     set tries = case when t.resets_at <= now() then 1 else t.tries + 1 end,
         resets_at = case when t.resets_at <= now() then excluded.resets_at else t.resets_at end
  returning kind, tries, greatest(0, extract(epoch from resets_at - now()) * 1000)::float8 as "resetsInMs"`;

@Injectable()
export class ThrottleRepository extends Throttle {
  constructor(private readonly database: Database) {
    super();
  }

  count(keys: readonly ThrottleKey[]): Promise<readonly ThrottleCount[]> {
    const windows = keys.map(({ kind }) => THROTTLE_LIMITS[kind].windowMs);
    return this.database.rows<ThrottleCount>(COUNT, [...namesOf(keys), windows]);
  }

  async forget(keys: readonly ThrottleKey[], tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from sign_in_throttle t using unnest($1::text[], $2::bytea[]) as w(kind, of)
        where t.kind = w.kind and t.of = w.of`,
      [...namesOf(keys)],
      tx,
    );
  }

  async giveBack(keys: readonly ThrottleKey[], tx: Tx): Promise<void> {
    await this.database.affected(
      `update sign_in_throttle t set tries = greatest(0, t.tries - 1) from unnest($1::text[], $2::bytea[]) as w(kind, of)
        where t.kind = w.kind and t.of = w.of`,
      [...namesOf(keys)],
      tx,
    );
  }
}

/** Hashed: a row is no list of who has an account, and has one size. */
const namesOf = (keys: readonly ThrottleKey[]): readonly [string[], Buffer[]] => [
  keys.map(({ kind }) => kind),
  keys.map(({ of }) => createHash('sha256').update(of).digest()),
];
