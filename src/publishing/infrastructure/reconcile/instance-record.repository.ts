import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { InstanceRecord } from '../../domain/reconcile/epoch.port.js';
import type { EpochMark, InstanceRow } from '../../domain/reconcile/epoch.policy.js';
import { present } from '../targets/target.rows.js';

interface Row {
  readonly epoch: string;
  readonly beat: string;
  readonly past_epochs: readonly string[];
  readonly seen_at: Date | null;
  readonly has_targets: boolean;
}

/** As many restores are remembered. */
const REMEMBERED = 100;

@Injectable()
export class InstanceRecordRepository extends InstanceRecord {
  constructor(private readonly database: Database) {
    super();
  }

  async read(): Promise<InstanceRow> {
    const row = await this.database.row<Row>(
      `select epoch, beat, past_epochs, seen_at, exists (select 1 from target) as has_targets from instance`,
    );
    if (!row) throw new Error('The row about this instance is missing.');
    const { epoch, beat, past_epochs: pastEpochs, seen_at: seenAt, has_targets: hasTargets } = row;
    return { epoch, beat: Number(beat), pastEpochs, hasTargets, ...present('seenAt', seenAt) };
  }

  async beat({ epoch, beat }: EpochMark): Promise<EpochMark | undefined> {
    const row = await this.database.row<{ beat: string }>(
      `update instance set beat = beat + 1, seen_at = clock_timestamp() where epoch = $1 and beat >= $2 returning beat`,
      [epoch, beat],
    );
    return row && { epoch, beat: Number(row.beat) };
  }

  async markRestored(epoch: string): Promise<EpochMark> {
    await this.database.affected(
      `update instance set past_epochs = (array_append(past_epochs, epoch))[greatest(1, cardinality(past_epochs) + 2 - $2):],
              epoch = gen_random_uuid(), restored_at = clock_timestamp() where epoch = $1`,
      [epoch, REMEMBERED],
    );
    return this.read();
  }

  async setOverdue(overdueMs: number): Promise<void> {
    await this.database.affected(`update instance set overdue_ms = $1 where overdue_ms <> $1`, [overdueMs]);
  }
}
