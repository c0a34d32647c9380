import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type SecondFactor, SecondFactors } from '../../domain/members/second-factors.port.js';

interface FactorRow {
  readonly id: string;
  readonly sealed: Buffer;
  readonly keyId: string;
  readonly isOn: boolean;
}

const placeOf = (id: string): string => `second_factor|secret_enc|${id}`;

@Injectable()
export class SecondFactorsRepository extends SecondFactors {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {
    super();
  }

  async of(personId: string, tx?: Tx): Promise<SecondFactor | undefined> {
    const row = await this.database.row<FactorRow>(
      `select id, secret_enc as sealed, key_id as "keyId", confirmed_at is not null as "isOn"
         from second_factor where person_id = $1`,
      [personId],
      tx,
    );
    return row && { id: row.id, secret: this.box.open(row, placeOf(row.id)), isOn: row.isOn };
  }

  async begin(personId: string, secret: string, tx: Tx): Promise<boolean> {
    const id = newId();
    const { sealed, keyId } = this.box.seal(secret, placeOf(id));
    const kept = await this.database.affected(
      `insert into second_factor as f (id, person_id, secret_enc, key_id) values ($1, $2, $3, $4)
       on conflict (person_id) do update
          set id = excluded.id, secret_enc = excluded.secret_enc, key_id = excluded.key_id, created_at = now()
        where f.confirmed_at is null`,
      [id, personId, sealed, keyId],
      tx,
    );
    return kept === 1;
  }

  async turnOn(personId: string, factorId: string, step: number, tx: Tx): Promise<boolean> {
    const sql = `update second_factor set confirmed_at = now(), last_step = $3
      where person_id = $1 and id = $2 and confirmed_at is null`;
    return (await this.database.affected(sql, [personId, factorId, step], tx)) === 1;
  }

  async useStep(personId: string, step: number, tx: Tx): Promise<boolean> {
    const sql = `update second_factor set last_step = $2
      where person_id = $1 and confirmed_at is not null and (last_step is null or last_step < $2)`;
    return (await this.database.affected(sql, [personId, step], tx)) === 1;
  }

  async setRecoveryCodes(personId: string, hashes: readonly Buffer[], tx: Tx): Promise<void> {
    await this.database.affected(`delete from recovery_code where person_id = $1`, [personId], tx);
    await this.database.affected(
      `insert into recovery_code (person_id, code_hash) select $1, unnest($2::bytea[])`,
      [personId, hashes],
      tx,
    );
  }

  async useRecoveryCode(personId: string, hash: Buffer, tx: Tx): Promise<boolean> {
    const sql = `update recovery_code set used_at = now() where person_id = $1 and code_hash = $2 and used_at is null`;
    return (await this.database.affected(sql, [personId, hash], tx)) === 1;
  }

  async remove(personId: string, tx: Tx): Promise<boolean> {
    return (await this.database.affected(`delete from second_factor where person_id = $1`, [personId], tx)) === 1;
  }
}
