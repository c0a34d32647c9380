import { Injectable, Logger } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { stepOfDecision } from '../../domain/rerouting/decision.policy.js';
import { eventsOfWaiting } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { ApplyDecision } from './apply-decision.js';
import type { DecidedTarget } from './decide-targets.js';

/** Rows a transaction changes at once. */
const CHUNK = 5_000;
/** So many decisions that make new targets are written at once. */
const AT_ONCE = 8;
const ACTOR = 'router';

interface Write {
  readonly target: TargetRecord;
  readonly decision: RouteDecision;
  readonly step: Step;
}

/** Decisions about many waiting targets: those that reach nothing but their own row are written together. */
@Injectable()
export class ApplyDecisions {
  private readonly logger = new Logger('Decide');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly engine: Engine,
    private readonly apply: ApplyDecision,
  ) {}

  /** @returns ids of the targets whose decision was written; the others have changed meanwhile, or were logged */
  async execute(decided: readonly DecidedTarget[]): Promise<ReadonlySet<string>> {
    const apart = decided.filter(({ decision }) => decision.kind === 'reroute');
    const own = decided.filter(({ decision }) => decision.kind !== 'reroute');
    const written = new Set<string>();
    for (let from = 0; from < own.length; from += CHUNK)
      for (const id of await this.together(own.slice(from, from + CHUNK))) written.add(id);
    for (const id of await this.oneByOne(apart)) written.add(id);
    return written;
  }

  /** One that cannot be written must not stop the others: then each has a transaction of its own. */
  private async together(decided: readonly DecidedTarget[]): Promise<readonly string[]> {
    try {
      return await this.unitOfWork.runPatiently((tx) => this.write(decided, tx));
    } catch (error) {
      this.logger.warn({ err: error, targets: decided.length }, 'Decisions could not be written together; one by one');
      return this.oneByOne(decided);
    }
  }

  private async write(decided: readonly DecidedTarget[], tx: Tx): Promise<readonly string[]> {
    const rows = await this.store.lockMany(
      decided.map(({ target }) => target.id),
      tx,
    );
    const when = this.engine.context();
    const writes = decided.flatMap(({ target: { id, version }, decision }): Write[] => {
      const target = rows.get(id);
      if (target?.version !== version || !isWaiting(target)) return [];
      return [{ target, decision, step: stepOfDecision(target, decision, when) }];
    });
    const moves = writes.filter((write) => !goesOnWaiting(write));
    const refs = moves.map(({ target }) => ({ targetId: target.id, version: target.version }));
    const won = await this.store.takeVersions(refs, 'hold', tx);
    const written = writes.filter((write) => goesOnWaiting(write) || won.has(write.target.id));
    if (written.length > 0) await this.writeRows(written, tx);
    return written.map(({ target }) => target.id);
  }

  private async writeRows(writes: readonly Write[], tx: Tx): Promise<void> {
    const changes = writes.map(({ target, step, decision }) => ({
      target,
      step,
      cause: { actor: ACTOR, reasons: decision.reasons },
    }));
    await this.store.applyMany(changes, tx);
    const released = writes.filter(({ step }) => step.target.status === 'scheduled');
    const wakeUps = released.map(({ target, step }) => ({
      targetId: target.id,
      version: target.version + 1,
      dueAt: step.target.dueAt ?? this.engine.now(),
    }));
    if (wakeUps.length > 0) await this.wakeUps.plan(wakeUps, tx);
    const told = writes.filter((write) => !goesOnWaiting(write));
    await this.events.append(
      told.flatMap(({ target, step }) => eventsOfWaiting(target, step)),
      tx,
    );
  }

  private async oneByOne(decided: readonly DecidedTarget[]): Promise<readonly string[]> {
    const written: string[] = [];
    const waiting = decided.values();
    const work = async () => {
      for (const { target, decision } of waiting)
        await this.apply.execute({ targetId: target.id, version: target.version }, decision, ACTOR).then(
          (isDone) => void (isDone && written.push(target.id)),
          (error: unknown) => this.logger.error({ err: error, targetId: target.id }, 'A decision could not be written'),
        );
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, decided.length) }, work));
    return written;
  }
}

const isWaiting = ({ status }: TargetRecord): boolean => status === 'scheduled' || status === 'held';

const goesOnWaiting = ({ target, step }: Write): boolean => target.status === 'held' && step.target.status === 'held';
