import type { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { isHandOffIdentity } from '../../../platforms/domain/hand-off-mode.js';
import type { Arming } from '../../domain/firing/firing.port.js';
import type { TargetRef } from '../../domain/targets/target-record.js';
import { LEASE, UNLEASE, WRITE_ATTEMPTS } from './arming.sql.js';
import type { AttemptQuotas } from './attempt-quotas.js';
import { type DueRow, toDueTargets } from './due-rows.js';

interface LeasedRow extends DueRow {
  readonly call_at: Date;
  readonly is_blocked: boolean;
  /** null: blocked, not leased. */
  readonly fence: string | null;
}

/** Leased, with the id its attempt will have and the windows of the quotas it counts in. */
interface Candidate {
  readonly row: LeasedRow & { readonly fence: string };
  readonly attemptId: string;
  readonly windowIds: readonly string[];
}

const refOf = ({ target_id, version }: DueRow): TargetRef => ({ targetId: target_id, version });

/** One batch armed in one transaction: leases, then places in the quotas, then the journal. */
export class ArmBatch {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {}

  async execute(workerId: string, refs: readonly TargetRef[], tx: Tx): Promise<Arming> {
    const asked = [refs.map(({ targetId }) => targetId), refs.map(({ version }) => version), workerId];
    const rows = await this.database.rows<LeasedRow>(LEASE, asked, tx);
    const leased = rows.filter((row): row is Candidate['row'] => row.fence !== null);
    const { placed, exhausted } = await this.place(leased, tx);
    const written = await this.write(workerId, placed, tx);
    const late = placed.filter(({ attemptId }) => !written.has(attemptId));
    await this.unlease([...late.map(({ row }) => row), ...exhausted.map(({ row }) => row)], tx);
    await this.quotas.giveBack(
      late.flatMap(({ windowIds }) => windowIds),
      tx,
    );
    const targets = toDueTargets(rows);
    return {
      armed: placed.flatMap(({ row, attemptId }) => {
        const target = targets.get(row.target_id);
        if (!target || !written.has(attemptId)) return [];
        return [{ attemptId, targetId: target.id, version: row.version, fence: row.fence, target }];
      }),
      blocked: [...rows.filter((row) => row.is_blocked), ...late.map(({ row }) => row)].map(refOf),
      exhausted: exhausted.map(({ row, resetsAt }) => ({ ...refOf(row), resetsAt })),
    };
  }

  /** Takes a place for each; what a person posts by hand uses no call of ours, so it counts in no quota. */
  private async place(leased: readonly Candidate['row'][], tx: Tx) {
    const asks = leased
      .filter(({ external_id: externalId }) => !isHandOffIdentity(externalId))
      .map((row) => ({
        key: row.target_id,
        holder: { id: row.account_id, platform: row.platform },
        at: row.call_at,
      }));
    const answers = await this.quotas.reserve(asks, tx);
    const placed: Candidate[] = [];
    const exhausted: { readonly row: DueRow & { readonly fence: string }; readonly resetsAt: Date }[] = [];
    for (const row of leased) {
      const answer = answers.get(row.target_id);
      if (answer?.kind === 'exhausted') exhausted.push({ row, resetsAt: answer.resetsAt });
      else placed.push({ row, attemptId: newId(), windowIds: answer?.windowIds ?? [] });
    }
    return { placed, exhausted };
  }

  private async write(workerId: string, placed: readonly Candidate[], tx: Tx): Promise<ReadonlySet<string>> {
    if (placed.length === 0) return new Set();
    const written = await this.database.rows<{ id: string }>(
      WRITE_ATTEMPTS,
      [
        placed.map(({ attemptId }) => attemptId),
        placed.map(({ row }) => row.target_id),
        placed.map(({ row }) => row.fence),
        placed.map(({ windowIds }) => (windowIds.length === 0 ? null : `{${windowIds.join()}}`)),
        workerId,
      ],
      tx,
    );
    return new Set(written.map(({ id }) => id));
  }

  private async unlease(rows: readonly { readonly target_id: string; readonly fence: string }[], tx: Tx) {
    if (rows.length === 0) return;
    await this.database.affected(UNLEASE, [rows.map((row) => row.target_id), rows.map((row) => row.fence)], tx);
  }
}
