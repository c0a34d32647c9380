import { Injectable, Logger } from '@nestjs/common';
import { type Arming, Firing } from '../../domain/firing/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { ApplyDecision } from '../rerouting/apply-decision.js';
import { DecideTargets } from '../rerouting/decide-targets.js';
import { SweepWakeUps } from './sweep-wake-ups.js';

/** So many that cannot be armed are written about at once. */
const AT_ONCE = 8;

/** A target armed by this worker, with what it will send. */
export interface ArmedTarget {
  readonly armed: ArmedRef;
  readonly target: TargetRecord;
}

/** Ahead of the due instant: leases and journal rows, so that only the narrow intent is left to write then. */
@Injectable()
export class ArmTargets {
  private readonly logger = new Logger('Arm');
  /** What is being written about those that could not be armed, one batch after the other. */
  private aside: Promise<void> = Promise.resolve();

  constructor(
    private readonly firing: Firing,
    private readonly apply: ApplyDecision,
    private readonly sweep: SweepWakeUps,
    private readonly decide: DecideTargets,
  ) {}

  /**
   * Arms what can be armed; what waits for an earlier run of its post or has no quota is held, or goes elsewhere. That
   * is written one by one beside the arming: a thousand of those must not make the armed ones late.
   */
  async arm(workerId: string, refs: readonly TargetRef[]): Promise<readonly ArmedTarget[]> {
    const { armed, blocked, exhausted } = await this.firing.arm(workerId, refs);
    this.setAside(blocked, exhausted);
    const targets = new Map((await this.firing.load(armed.map((ref) => ref.targetId))).map((row) => [row.id, row]));
    return armed.flatMap((ref) => {
      const target = targets.get(ref.targetId);
      return target ? [{ armed: ref, target }] : [];
    });
  }

  /** Resolves when nothing is left to be written about those that could not be armed. */
  whenSetAside(): Promise<void> {
    return this.aside;
  }

  /** Gives targets back that this worker will not fire; another one is woken for them. */
  async handBack(items: readonly ArmedTarget[]): Promise<void> {
    await this.firing.disarm(items.map((item) => item.armed));
    await this.sweep.resend(items.map((item) => item.target.id));
  }

  private setAside(blocked: Arming['blocked'], exhausted: Arming['exhausted']): void {
    if (blocked.length === 0 && exhausted.length === 0) return;
    this.aside = this.aside.then(async () => {
      await this.each(blocked, (ref) => this.apply.waitForEarlier(ref));
      await this.sendElsewhere(exhausted).catch((error: unknown) => {
        this.logger.error({ err: error, targets: exhausted.length }, 'Targets without quota could not be decided');
      });
    });
  }

  /** Routing decides what becomes of those without quota. */
  private async sendElsewhere(exhausted: Arming['exhausted']): Promise<void> {
    if (exhausted.length === 0) return;
    const refs = new Map(exhausted.map((ref) => [ref.targetId, ref]));
    const targets = await this.firing.load([...refs.keys()]);
    const fresh = targets.filter((target) => refs.get(target.id)?.version === target.version);
    const resets = new Map(exhausted.map((ref) => [ref.targetId, ref.resetsAt]));
    const decided = await this.decide.withoutQuota(fresh, resets);
    await this.each(decided, ({ target, decision }) =>
      this.apply.execute({ targetId: target.id, version: target.version }, decision),
    );
  }

  /** One that cannot be written must not stop the others: the sweep wakes it again. */
  private async each<T>(items: readonly T[], write: (item: T) => Promise<unknown>): Promise<void> {
    const waiting = [...items];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await write(next).catch((error: unknown) => {
          this.logger.error({ err: error }, 'A target that could not be armed could not be put aside either');
        });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
