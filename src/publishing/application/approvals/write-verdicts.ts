import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { approvalEvent } from '../../domain/approvals/approval-event.js';
import { approvalUntil, approvedStep, REJECTED, withdrawnStep } from '../../domain/approvals/approval.policy.js';
import { Approvals } from '../../domain/approvals/approvals.port.js';
import type { Verdict, VerdictMove } from '../../domain/approvals/verdict.policy.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

/** Who says it, and why. */
export interface Said {
  readonly verdict: Verdict;
  readonly actor: string;
  readonly comment?: string;
}

interface JudgedTarget {
  readonly target: TargetRecord;
  readonly move: VerdictMove;
}

const ACTION = { approve: 'given', reject: 'rejected', withdraw: 'withdrawn' } as const;

/** Writes verdicts on locked targets: versions, rows, history, events, wake-ups. */
@Injectable()
export class WriteVerdicts {
  constructor(
    private readonly store: TargetStore,
    private readonly approvals: Approvals,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly engine: Engine,
  ) {}

  /** @returns the ids that changed; one that is missing here although it was to move had its call begun */
  async execute(judged: readonly JudgedTarget[], said: Said, tx: Tx): Promise<ReadonlySet<string>> {
    const moved = await this.move(
      judged.filter(({ move }) => move === 'step').map(({ target }) => target),
      said,
      tx,
    );
    const marked = judged.filter(({ move }) => move === 'mark').map(({ target }) => target);
    const state = said.verdict === 'approve' ? 'given' : 'waiting';
    await this.approvals.mark(
      marked.map(({ id }) => id),
      state,
      tx,
    );
    await this.tell([...moved, ...marked.map((target) => ({ target, step: undefined }))], said, tx);
    return new Set([...moved.map(({ target }) => target.id), ...marked.map(({ id }) => id)]);
  }

  private async move(targets: readonly TargetRecord[], said: Said, tx: Tx) {
    if (targets.length === 0) return [];
    const steps = new Map<string, Step>((await this.stepsOf(targets, said, tx)).map(({ id, step }) => [id, step]));
    // A rejection moves nothing, so it needs no version.
    const raised = targets.filter(({ id }) => steps.get(id)?.target.bumpVersion);
    const refs = raised.map(({ id: targetId, version }) => ({ targetId, version }));
    const won = refs.length > 0 ? await this.store.takeVersions(refs, 'hold', tx) : new Set<string>();
    const moved = targets.flatMap((target) => {
      const step = steps.get(target.id);
      return step && (!step.target.bumpVersion || won.has(target.id)) ? [{ target, step }] : [];
    });
    await this.store.applyMany(
      moved.map(({ target, step }) => ({ target, step, cause: causeOf(said) })),
      tx,
    );
    await this.wake(moved, tx);
    return moved;
  }

  private async stepsOf(targets: readonly TargetRecord[], { verdict }: Said, tx: Tx) {
    const now = this.engine.now();
    if (verdict === 'reject') return targets.map(({ id }) => ({ id, step: REJECTED }));
    if (verdict === 'approve') return targets.map((target) => ({ id: target.id, step: approvedStep(target, now) }));
    const asked = targets.map(({ id: targetId, workspaceId, accountId }) => ({ targetId, workspaceId, accountId }));
    const needs = await this.approvals.needed(asked, tx);
    return targets.map((target) => {
      const need = needs.get(target.id);
      const rule = need?.kind === 'ask' ? need.onDeadline : 'hold';
      return { id: target.id, step: withdrawnStep(approvalUntil(target, rule, now)) };
    });
  }

  private async wake(moved: readonly { readonly target: TargetRecord; readonly step: Step }[], tx: Tx): Promise<void> {
    const woken = moved.flatMap(({ target: { id: targetId, version }, step: { target: change } }) =>
      change.status === 'scheduled' && change.dueAt ? [{ targetId, version: version + 1, dueAt: change.dueAt }] : [],
    );
    if (woken.length > 0) await this.wakeUps.plan(woken, tx);
  }

  private async tell(
    changed: readonly { readonly target: TargetRecord; readonly step: Step | undefined }[],
    said: Said,
    tx: Tx,
  ): Promise<void> {
    if (changed.length === 0) return;
    const { verdict, actor, comment } = said;
    const about = { actor, ...(comment === undefined ? {} : { comment }) };
    const notes = changed.map(({ target: { id: targetId, workspaceId } }) => ({
      ...{ targetId, workspaceId, ...about },
      action: ACTION[verdict],
    }));
    await this.approvals.note(notes, tx);
    const events = changed.flatMap(({ target, step }) => [
      approvalEvent(`approval.${ACTION[verdict]}`, target, { status: step?.target.status ?? target.status, ...about }),
      ...(step ? statusEvents(target, step) : []),
    ]);
    await this.events.append(events, tx);
  }
}

const causeOf = ({ actor, comment }: Said) => ({
  actor,
  ...(comment === undefined ? {} : { reasons: [{ code: 'comment', text: comment }] }),
});

/** What followers of posts learn besides: it is planned now, or its time was over already. */
const statusEvents = (target: TargetRecord, step: Step) => {
  if (step.target.status === 'scheduled') return [targetEvent('post.scheduled', target, happeningOf(step))];
  if (step.target.status === 'missed') return [targetEvent('post.missed', target, happeningOf(step))];
  return target.status === 'scheduled' ? [targetEvent('post.held', target, happeningOf(step))] : [];
};
