import type { Database } from '../database/database.js';
import type { SealedSecret, SecretBox } from './secret-box.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.js';

const BATCH = 500;

/** How many ciphertexts got the first key, had it before, or could not be opened. */
export interface RotationCounts {
  readonly rotated: number;
  readonly already: number;
  readonly failed: number;
}

/** Told after each batch; `unreadable` names the rows whose key is gone or whose bytes are damaged. */
export interface RotationBatch {
  readonly column: string;
  readonly rotated: number;
  readonly unreadable: readonly string[];
}

interface SealedRow extends SealedSecret {
  readonly id: string;
}

/**
 * Seals everything anew under the first key of the ring, each row only while it is still as it was read. So it may run
 * beside workers, and be stopped and started again at any time. Every running process must know the first key before.
 */
export class RotateKeys {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly onBatch: (batch: RotationBatch) => void = () => undefined,
  ) {}

  async execute(): Promise<RotationCounts> {
    const total = { rotated: 0, already: 0, failed: 0 };
    for (const column of SEALED_COLUMNS) {
      total.already += await this.countCurrent(column);
      // A worker may have sealed one with an older key behind our back: go on until a whole pass moves nothing.
      for (let pass = await this.pass(column); ; pass = await this.pass(column)) {
        total.rotated += pass.rotated;
        if (pass.rotated > 0) continue;
        total.failed += pass.failed;
        break;
      }
    }
    return total;
  }

  private async pass(column: SealedColumn): Promise<{ rotated: number; failed: number }> {
    const done = { rotated: 0, failed: 0 };
    let after: string | undefined;
    for (let rows = await this.next(column, after); rows.length > 0; rows = await this.next(column, after)) {
      const read = rows.map((row) => ({ row, fresh: this.resealed(column, row) }));
      const unreadable = read.filter(({ fresh }) => !fresh).map(({ row }) => row.id);
      const rotated = await this.write(
        column,
        read.flatMap(({ row, fresh }) => (fresh ? [{ row, fresh }] : [])),
      );
      done.rotated += rotated;
      done.failed += unreadable.length;
      after = rows.at(-1)?.id;
      this.onBatch({ column: `${column.table}.${column.column}`, rotated, unreadable });
    }
    return done;
  }

  private resealed({ table, column }: SealedColumn, row: SealedRow): SealedSecret | undefined {
    const place = `${table}|${column}|${row.id}`;
    try {
      return this.box.seal(this.box.open(row, place), place);
    } catch {
      return undefined;
    }
  }

  private next({ table, column, keyColumn }: SealedColumn, after: string | undefined): Promise<SealedRow[]> {
    return this.database.rows<SealedRow>(
      `select id, ${keyColumn} as "keyId", ${column} as sealed from ${table}
        where ${column} is not null and ${keyColumn} <> $1 and ($2::uuid is null or id > $2) order by id limit ${BATCH}`,
      [this.box.currentKeyId, after ?? null],
    );
  }

  private async write(
    { table, column, keyColumn }: SealedColumn,
    changes: readonly { readonly row: SealedRow; readonly fresh: SealedSecret }[],
  ): Promise<number> {
    if (changes.length === 0) return 0;
    return this.database.affected(
      `update ${table} t set ${column} = n.fresh, ${keyColumn} = $4
         from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as n (id, old, fresh)
        where t.id = n.id and t.${column} = n.old`,
      [
        changes.map(({ row }) => row.id),
        changes.map(({ row }) => row.sealed),
        changes.map(({ fresh }) => fresh.sealed),
        this.box.currentKeyId,
      ],
    );
  }

  private async countCurrent({ table, column, keyColumn }: SealedColumn): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} is not null and ${keyColumn} = $1`,
      [this.box.currentKeyId],
    );
    return row?.count ?? 0;
  }
}
