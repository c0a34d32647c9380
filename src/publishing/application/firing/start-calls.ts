import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Firing } from '../../domain/firing/firing.port.js';
import type { TurnEnd } from '../../domain/firing/fair-schedule.js';
import type { ArmedTarget, TargetRecord } from '../../domain/targets/target-record.js';
import { Batches } from './batches.js';
import { CallLanes } from './call-lanes.js';
import { PublishTarget } from './publish-target.js';

const AFTER_FAULT_MS = 1_000;

/** Behind the intents: statuses, then the calls. What a call says is read only when its turn has come. */
@Injectable()
export class StartCalls {
  private readonly logger = new Logger('Start');
  private readonly marks = new Batches<ArmedTarget>(
    (batch) => this.mark(batch),
    () => !this.mustWait() && this.urgent === 0 && !this.stopped,
  );
  private readonly loads = new Batches<Load>((batch) => this.loadAll(batch));
  private mustWait: () => boolean = () => false;
  private urgent = 0;
  private stopped = false;
  /** Calls that were begun or wait for their turn. */
  private readonly begun = new Set<ArmedTarget>();

  constructor(
    private readonly firing: Firing,
    private readonly lanes: CallLanes,
    private readonly publish: PublishTarget,
  ) {}

  /** While `mustWait` says so, nothing is marked: intents of the instant come first. Call `kick` when it may have changed. */
  givesWayTo(mustWait: () => boolean): void {
    this.mustWait = mustWait;
  }

  /** Marks nothing until `intents` has ended: those of a dead worker come before the statuses of our own. */
  async after<Result>(intents: Promise<Result>): Promise<Result> {
    this.urgent += 1;
    try {
      return await intents;
    } finally {
      this.urgent -= 1;
      this.kick();
    }
  }

  kick(): void {
    this.marks.kick();
  }

  /** @param intended won their intents; each is given once */
  push(intended: readonly ArmedTarget[]): void {
    this.marks.push(intended);
  }

  /** Begins nothing more. What waits for its turn is given back; what is not marked yet is taken over by the next worker. */
  async stop(): Promise<void> {
    this.stopped = true;
    const waiting = new Set(this.lanes.stop());
    const unbegun = [...this.begun].filter(({ targetId }) => waiting.has(targetId));
    await Promise.allSettled(unbegun.map((armed) => this.publish.handBack(armed)));
  }

  /** Resolves when no call runs or waits any more; after `stop`, when none runs. */
  async whenIdle(): Promise<void> {
    if (!this.stopped) await this.marks.whenIdle();
    await this.lanes.whenIdle();
  }

  /** Asks again until the database answers: what was taken over meanwhile drops out by itself. */
  private async mark(batch: readonly ArmedTarget[]): Promise<void> {
    for (;;) {
      try {
        const marked = await this.firing.markPublishing(batch);
        const begin = new Set(marked.map((ref) => ref.attemptId));
        for (const item of batch) if (begin.has(item.attemptId)) this.start(item);
        return;
      } catch (error) {
        this.logger.warn({ err: error, targets: batch.length }, 'Fired targets could not be marked; trying again');
        await pause(AFTER_FAULT_MS);
      }
    }
  }

  private start(armed: ArmedTarget): void {
    const call = async (): Promise<TurnEnd> => {
      const record = await this.load(armed.targetId);
      return record ? this.publish.execute(record, armed) : 'barred';
    };
    this.begun.add(armed);
    this.lanes
      .start(armed.target, call)
      .catch((error: unknown) => {
        this.logger.error({ err: error, targetId: armed.targetId }, 'A publish call failed in our own code');
      })
      .finally(() => this.begun.delete(armed));
  }

  private load(targetId: string): Promise<TargetRecord | undefined> {
    return new Promise((resolve, reject) => this.loads.push([{ targetId, resolve, reject }]));
  }

  private async loadAll(batch: readonly Load[]): Promise<void> {
    try {
      const rows = await this.firing.load(batch.map(({ targetId }) => targetId));
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const { targetId, resolve } of batch) resolve(byId.get(targetId));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

interface Load {
  readonly targetId: string;
  readonly resolve: (target: TargetRecord | undefined) => void;
  readonly reject: (error: unknown) => void;
}
