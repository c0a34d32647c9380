import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { localTimeIn } from '../../domain/targets/local-time.js';
import { MOVABLE, movedTo, staleAfterMove } from '../../domain/targets/move.policy.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { TargetTimes } from '../../domain/targets/target-times.port.js';

/** A target's new time. */
export interface TargetMove {
  readonly targetId: string;
  readonly at: Date;
  /** IANA zone the time is meant in; the target's own when absent. */
  readonly zone?: string;
}

/** What became of the moves; ids that are neither were not movable, or not there. */
export interface MoveResult {
  readonly moved: readonly string[];
  /** Being published already. */
  readonly tooLate: readonly string[];
}

/** Gives targets that wait, and those that failed or were missed, another time: some statements, whatever their number. */
@Injectable()
export class MoveTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly times: TargetTimes,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
  ) {}

  /** Passes the same arbiter as the call: what is moved does not go out at its old time. */
  async execute(
    { workspaceId, moves, actor }: { workspaceId: string; moves: readonly TargetMove[]; actor: string },
    tx: Tx,
  ): Promise<MoveResult> {
    const moveOf = new Map(moves.map((move) => [move.targetId, move]));
    const locked = [...(await this.store.lockMany([...moveOf.keys()], tx)).values()];
    const own = locked.filter((target) => target.workspaceId === workspaceId);
    const open = own.filter(({ status }) => MOVABLE.includes(status));
    const taken = await this.take(open, tx);
    const movable = open.filter((target) => isOver(target) || taken.has(target.id));
    const moved = movable.flatMap((target) => {
      const move = moveOf.get(target.id);
      return move ? [{ target, move, step: movedTo(target, move.at) }] : [];
    });
    await this.apply(moved, actor, tx);
    const late = own.filter(
      ({ id, status }) =>
        status === 'publishing' || (open.some((one) => one.id === id) && !moved.some(({ target }) => target.id === id)),
    );
    return { moved: moved.map(({ target }) => target.id), tooLate: late.map(({ id }) => id) };
  }

  private take(open: readonly TargetRecord[], tx: Tx): Promise<ReadonlySet<string>> {
    const waiting = open.filter((target) => !isOver(target));
    return this.store.takeVersions(
      waiting.map(({ id, version }) => ({ targetId: id, version })),
      'edit',
      tx,
    );
  }

  private async apply(moved: readonly Moved[], actor: string, tx: Tx): Promise<void> {
    if (moved.length === 0) return;
    await this.store.applyMany(
      moved.map(({ target, step }) => ({ target, step, cause: { actor } })),
      tx,
    );
    await this.times.set(moved.map(newTimes), tx);
    const scheduled = moved.filter(({ step }) => step.target.status === 'scheduled');
    await this.events.append(
      scheduled.map(({ target, move, step }) =>
        targetEvent('post.scheduled', { ...target, scheduledAt: move.at }, happeningOf(step)),
      ),
      tx,
    );
    const due = scheduled.map(({ target, move }) => ({
      targetId: target.id,
      version: target.version + 1,
      dueAt: move.at,
    }));
    await this.wakeUps.plan(due, tx);
  }
}

interface Moved {
  readonly target: TargetRecord;
  readonly move: TargetMove;
  readonly step: ReturnType<typeof movedTo>;
}

const isOver = ({ status }: TargetRecord): boolean => status === 'failed' || status === 'missed';

const newTimes = ({ target, move: { at, zone = target.zone } }: Moved) => ({
  ...{ id: target.id, scheduledAt: at, localTime: localTimeIn(zone, at), zone },
  staleAt: staleAfterMove(target, at),
});
