import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { Firing } from '../domain/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../domain/target-record.js';
import { ApplyDecision } from './apply-decision.js';
import { DecideTargets } from './decide-targets.js';
import { LimitedWork } from './limited-work.js';
import { PublishTarget } from './publish-target.js';
import { SweepWakeUps } from './sweep-wake-ups.js';

/** A target armed by this worker, with what it will send. */
export interface ArmedTarget {
  readonly armed: ArmedRef;
  readonly target: TargetRecord;
}

/** Ahead of the due instant: arm. At the due instant: decide, write intents, start the calls. */
@Injectable()
export class FireDueTargets {
  private readonly logger = new Logger('Fire');

  constructor(
    private readonly firing: Firing,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
    private readonly publish: PublishTarget,
    private readonly work: LimitedWork,
    private readonly sweep: SweepWakeUps,
    private readonly clock: Clock,
  ) {}

  /** Leases and journals targets that come due soon; what may not start now is held with its reason. */
  async arm(workerId: string, refs: readonly TargetRef[]): Promise<readonly ArmedTarget[]> {
    const { armed, blocked } = await this.firing.arm(workerId, refs);
    for (const ref of blocked) await this.apply.waitForEarlier(ref);
    const targets = new Map((await this.firing.load(armed.map((ref) => ref.targetId))).map((row) => [row.id, row]));
    return armed.flatMap((ref) => {
      const target = targets.get(ref.targetId);
      return target ? [{ armed: ref, target }] : [];
    });
  }

  /**
   * Fires everything given at once. Resolves when every call has started; the calls end on their own.
   * @returns those that were not due yet by the database's clock
   */
  async fire(due: readonly ArmedTarget[]): Promise<readonly ArmedTarget[]> {
    const decided = new Map(
      (await this.decide.execute(due.map((item) => item.target))).map((d) => [d.target.id, d.decision]),
    );
    const publish = due.filter((item) => decided.get(item.target.id)?.kind === 'publish');
    for (const { armed } of due) {
      const decision = decided.get(armed.targetId);
      if (decision && decision.kind !== 'publish') await this.apply.execute(armed, decision);
    }
    if (publish.length === 0) return [];
    const won = await this.firing.intend(publish.map((item) => item.armed));
    const winners = new Set(won.map((ref) => ref.attemptId));
    await this.firing.markPublishing(won);
    for (const item of publish) if (winners.has(item.armed.attemptId)) this.start(item);
    return this.leftOver(publish.filter((item) => !winners.has(item.armed.attemptId)));
  }

  /** Gives targets back that this worker will not fire; another one is woken for them. */
  async handBack(items: readonly ArmedTarget[]): Promise<void> {
    await this.firing.disarm(items.map((item) => item.armed));
    await this.sweep.resend(items.map((item) => item.target.id));
  }

  /** Early ones wait; the rest lost their version to a cancel, an edit or another worker. */
  private async leftOver(lost: readonly ArmedTarget[]): Promise<readonly ArmedTarget[]> {
    if (lost.length === 0) return [];
    const now = new Map((await this.firing.load(lost.map((item) => item.target.id))).map((row) => [row.id, row]));
    const early = lost.filter(({ armed, target }) => {
      const current = now.get(target.id);
      return current?.status === 'scheduled' && current.version === armed.version && current.dueAt > this.clock.now();
    });
    await this.firing.disarm(lost.filter((item) => !early.includes(item)).map((item) => item.armed));
    return early;
  }

  private start({ target, armed }: ArmedTarget): void {
    this.work
      .start(() => this.publish.execute(target, armed))
      .catch((error: unknown) => {
        this.logger.error({ err: error, targetId: target.id }, 'A publish call failed in our own code');
      });
  }
}
