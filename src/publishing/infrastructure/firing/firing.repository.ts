import { Injectable } from '@nestjs/common';
import { Database, isDeadlock } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type Arming, Firing, type Standing } from '../../domain/firing/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from '../targets/target.rows.js';
import { ArmBatch } from './arming.js';
import { AttemptQuotas } from './attempt-quotas.js';
import { DISARM, INTEND_DECIDED, INTEND_WELL, MARK_PUBLISHING, OWN, STANDING } from './firing.sql.js';

/** The statements around the due instant, each for many targets at once. */
@Injectable()
export class FiringRepository extends Firing {
  private readonly batch: ArmBatch;

  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
    this.batch = new ArmBatch(database, quotas);
  }

  /** A cancel or move of several targets gives places back in its own order; who loses that circle begins anew. */
  arm(workerId: string, refs: readonly TargetRef[]): Promise<Arming> {
    const armOnce = () => this.database.run((tx) => this.batch.execute(workerId, refs, tx));
    return armOnce().catch((error: unknown) => {
      if (!isDeadlock(error)) throw error;
      return armOnce();
    });
  }

  async intend(armed: readonly ArmedRef[], mode: 'well' | 'decided' = 'well'): Promise<readonly ArmedRef[]> {
    const sql = mode === 'well' ? INTEND_WELL : INTEND_DECIDED;
    const written = await this.targetIds(sql, armed);
    if (written.size === armed.length) return armed;
    const rest = armed.filter((ref) => !written.has(ref.targetId));
    const before = await this.targetIds(OWN, rest);
    return armed.filter((ref) => written.has(ref.targetId) || before.has(ref.targetId));
  }

  standing(lost: readonly ArmedRef[]): Promise<readonly Standing[]> {
    return this.database.rows<Standing>(STANDING, asked(lost));
  }

  async markPublishing(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]> {
    const rows = await this.database.rows<{ id: string }>(MARK_PUBLISHING, [armed.map((ref) => ref.attemptId)]);
    const marked = new Set(rows.map((row) => row.id));
    return armed.filter((ref) => marked.has(ref.attemptId));
  }

  async disarm(armed: readonly ArmedRef[], tx?: Tx): Promise<void> {
    if (armed.length === 0) return;
    const disarm = async (inTx: Tx) => {
      const closed = await this.database.rows<{ id: string }>(DISARM, [armed.map((ref) => ref.attemptId)], inTx);
      await this.quotas.release(
        closed.map((row) => row.id),
        inTx,
      );
    };
    await (tx ? disarm(tx) : this.database.run(disarm));
  }

  async load(targetIds: readonly string[], tx?: Tx): Promise<readonly TargetRecord[]> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t where t.id = any($1::uuid[])`,
      [targetIds],
      tx,
    );
    return rows.map(toTargetRecord);
  }

  private async targetIds(sql: string, armed: readonly ArmedRef[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ target_id: string }>(sql, asked(armed));
    return new Set(rows.map((row) => row.target_id));
  }
}

const asked = (armed: readonly ArmedRef[]): unknown[] => [
  armed.map((ref) => ref.targetId),
  armed.map((ref) => ref.version),
  armed.map((ref) => ref.fence),
];
