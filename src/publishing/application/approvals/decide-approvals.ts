import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Approvals } from '../../domain/approvals/approvals.port.js';
import { tooLate } from '../../domain/targets/publishing.errors.js';
import { type Verdict, verdictMove } from '../../domain/approvals/verdict.policy.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { WriteVerdicts } from './write-verdicts.js';

/** What an approver says about targets. */
export interface VerdictWish {
  readonly workspaceId: string;
  readonly verdict: Verdict;
  readonly items: readonly { readonly targetId: string; readonly contentHash?: string }[];
  readonly actor: string;
  readonly comment?: string;
}

/** What it came to. */
export interface VerdictResult {
  /** Ids of targets it changed; what stood so already is in neither list. */
  readonly changed: readonly string[];
  readonly refused: readonly { readonly targetId: string; readonly error: DomainError }[];
}

/**
 * Approves, rejects, and takes approvals back, many targets at once. All of it passes the arbiter of firing, cancel and
 * edit: either the call of a target had begun, or it does not begin.
 */
@Injectable()
export class DecideApprovals {
  constructor(
    private readonly store: TargetStore,
    private readonly approvals: Approvals,
    private readonly write: WriteVerdicts,
  ) {}

  async execute(wish: VerdictWish, tx: Tx): Promise<VerdictResult> {
    const asked = new Map(wish.items.map((item) => [item.targetId, item]));
    const named = [...asked.keys()];
    const { workspaceId, verdict } = wish;
    const ids = verdict === 'withdraw' ? await this.approvals.withReplacements(workspaceId, named, tx) : named;
    const locked = await this.store.lockMany(ids, tx);
    const targets = ids.flatMap((id) => ownOf(locked.get(id), workspaceId) ?? []);
    const hashes = await this.approvals.contentHashes(named, tx);
    const judged = targets.map((target) => ({
      target,
      move: verdictMove(verdict, target, seenOf(asked.get(target.id)?.contentHash, hashes.get(target.id))),
    }));
    const changed = await this.write.execute(judged, wish, tx);
    return { changed: [...changed], refused: refusalsOf(named, judged, changed) };
  }
}

type Judged = { readonly target: TargetRecord; readonly move: ReturnType<typeof verdictMove> };

const ownOf = (target: TargetRecord | undefined, workspaceId: string) =>
  target?.workspaceId === workspaceId ? [target] : undefined;

const seenOf = (seenHash: string | undefined, actualHash: string | undefined) => ({
  ...(seenHash === undefined ? {} : { seenHash }),
  ...(actualHash === undefined ? {} : { actualHash }),
});

/** Of the targets that were named: one whose replacement was stopped instead has been heard. */
const refusalsOf = (
  named: readonly string[],
  judged: readonly Judged[],
  changed: ReadonlySet<string>,
): VerdictResult['refused'] => {
  const byId = new Map(judged.map((item) => [item.target.id, item]));
  const heardRoots = new Set(judged.filter(({ target }) => changed.has(target.id)).map(({ target }) => target.rootId));
  return named.flatMap((targetId) => {
    const item = byId.get(targetId);
    if (!item) return [{ targetId, error: notFound('target', targetId) }];
    if (changed.has(targetId) || item.move === 'done') return [];
    if (item.move instanceof DomainError) return heardRoots.has(targetId) ? [] : [{ targetId, error: item.move }];
    return [{ targetId, error: tooLate(targetId) }];
  });
};
