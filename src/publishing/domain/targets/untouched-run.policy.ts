import { plusMs, SECOND_MS } from '../../../kernel/durations.js';
import type { TargetRecord } from './target-record.js';
import type { TargetStatus } from './target-status.js';
import type { Step } from './target-state.js';

/** One target of a run, with what the run was planned as. */
export interface RunMember {
  readonly targetId: string;
  readonly occurrenceId: string;
  /** When the run was planned for, before any spread. */
  readonly plannedAt: Date;
  readonly spreadSeconds: number;
}

const WAITING: readonly TargetStatus[] = ['draft', 'scheduled', 'held'];

/**
 * Whether nothing has happened to a run since it was planned: each of its targets waits, at its own time, untried, and
 * none was cancelled, moved or replaced. Only such a run may be taken back by a new plan.
 */
export const isUntouched = (members: readonly RunMember[], targets: ReadonlyMap<string, TargetRecord>): boolean =>
  members.every((member) => {
    const target = targets.get(member.targetId);
    return target !== undefined && waitsAsPlanned(target, member);
  });

const waitsAsPlanned = (target: TargetRecord, { plannedAt, spreadSeconds }: RunMember): boolean =>
  WAITING.includes(target.status) &&
  target.rootId === target.id &&
  target.replacementId === undefined &&
  target.tries === 0 &&
  target.scheduledAt >= plannedAt &&
  target.scheduledAt <= plusMs(plannedAt, spreadSeconds * SECOND_MS);

/** The plan it came from has changed: it never goes out. */
export const REPLANNED: Step = {
  cause: 'replanned',
  target: { status: 'cancelled', nextCheckAt: null },
  effects: [],
};

/** Its version was taken although its run goes on: another one, at the same time. */
export const renewed = ({ status }: TargetRecord): Step => ({
  cause: 'replan_given_up',
  target: { status, bumpVersion: true },
  effects: [],
});
