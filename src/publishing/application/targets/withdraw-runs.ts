import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { RunMembers } from '../../domain/targets/run-members.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { isUntouched, renewed, REPLANNED } from '../../domain/targets/untouched-run.policy.js';

/** Runs that a new plan has no place for. */
export interface Withdrawal {
  readonly workspaceId: string;
  readonly occurrenceIds: readonly string[];
  readonly actor: string;
}

/** Takes planned runs back, those that nobody has touched, in a handful of statements. */
@Injectable()
export class WithdrawRuns {
  constructor(
    private readonly members: RunMembers,
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
  ) {}

  /**
   * A run of which anything was sent, tried, cancelled, moved or rerouted stays as it is, as does one whose call begins
   * at this moment.
   * @returns the occurrences whose targets are all cancelled now
   */
  async execute({ workspaceId, occurrenceIds, actor }: Withdrawal, tx: Tx): Promise<ReadonlySet<string>> {
    if (occurrenceIds.length === 0) return new Set();
    const members = await this.members.of(workspaceId, occurrenceIds, tx);
    const ids = members.map(({ targetId }) => targetId);
    const targets = await this.store.lockMany(ids, tx);
    const untouched = [...Map.groupBy(members, ({ occurrenceId }) => occurrenceId).values()]
      .filter((run) => isUntouched(run, targets))
      .map((run) => run.flatMap(({ targetId }) => targets.get(targetId) ?? []));
    const won = await this.store.takeVersions(untouched.flat().map(refOf), 'cancel', tx);
    const isFree = (run: readonly TargetRecord[]) => run.every(({ id }) => won.has(id));
    const withdrawn = untouched.filter(isFree);
    const going = untouched.filter((run) => !isFree(run));
    await this.cancel(withdrawn.flat(), actor, tx);
    await this.giveBack(
      going.flat().filter(({ id }) => won.has(id)),
      actor,
      tx,
    );
    return new Set(withdrawn.flatMap((run) => run.slice(0, 1)).map(({ occurrenceId }) => occurrenceId));
  }

  private async cancel(targets: readonly TargetRecord[], actor: string, tx: Tx): Promise<void> {
    if (targets.length === 0) return;
    await this.store.applyMany(
      targets.map((target) => ({ target, step: REPLANNED, cause: { actor } })),
      tx,
    );
    const told = { status: 'cancelled', cause: REPLANNED.cause };
    await this.events.append(
      targets.map((target) => targetEvent('post.cancelled', target, told)),
      tx,
    );
  }

  /** Of a run that goes out at this moment: what was taken of it goes on as well. */
  private async giveBack(targets: readonly TargetRecord[], actor: string, tx: Tx): Promise<void> {
    if (targets.length === 0) return;
    await this.store.applyMany(
      targets.map((target) => ({ target, step: renewed(target), cause: { actor } })),
      tx,
    );
    await this.wakeUps.plan(
      targets.map(({ id: targetId, version, dueAt }) => ({ targetId, version: version + 1, dueAt })),
      tx,
    );
  }
}

const refOf = ({ id: targetId, version }: TargetRecord) => ({ targetId, version });
