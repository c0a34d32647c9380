import { Injectable, Logger } from '@nestjs/common';
import { type Arming, Firing } from '../domain/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../domain/target-record.js';
import { ApplyDecision } from './apply-decision.js';
import { DecideTargets } from './decide-targets.js';
import { SweepWakeUps } from './sweep-wake-ups.js';

/** A target armed by this worker, with what it will send. */
export interface ArmedTarget {
  readonly armed: ArmedRef;
  readonly target: TargetRecord;
}

/** Ahead of the due instant: leases and journal rows, so that only the narrow intent is left to write then. */
@Injectable()
export class ArmTargets {
  private readonly logger = new Logger('Arm');

  constructor(
    private readonly firing: Firing,
    private readonly apply: ApplyDecision,
    private readonly sweep: SweepWakeUps,
    private readonly decide: DecideTargets,
  ) {}

  /** Arms what can be armed; what waits for an earlier run of its post or has no quota is held, or goes elsewhere. */
  async arm(workerId: string, refs: readonly TargetRef[]): Promise<readonly ArmedTarget[]> {
    const { armed, blocked, exhausted } = await this.firing.arm(workerId, refs);
    for (const ref of blocked) await this.apply.waitForEarlier(ref);
    await this.sendElsewhere(exhausted);
    const targets = new Map((await this.firing.load(armed.map((ref) => ref.targetId))).map((row) => [row.id, row]));
    return armed.flatMap((ref) => {
      const target = targets.get(ref.targetId);
      return target ? [{ armed: ref, target }] : [];
    });
  }

  /** Routing decides what becomes of those without quota. One that cannot be written is woken again by the sweep. */
  private async sendElsewhere(exhausted: Arming['exhausted']): Promise<void> {
    if (exhausted.length === 0) return;
    const refs = new Map(exhausted.map((ref) => [ref.targetId, ref]));
    const targets = await this.firing.load([...refs.keys()]);
    const fresh = targets.filter((target) => refs.get(target.id)?.version === target.version);
    const resets = new Map(exhausted.map((ref) => [ref.targetId, ref.resetsAt]));
    for (const { target, decision } of await this.decide.withoutQuota(fresh, resets)) {
      await this.apply.execute({ targetId: target.id, version: target.version }, decision).catch((error: unknown) => {
        this.logger.error({ err: error, targetId: target.id }, 'A target without quota could not be written');
      });
    }
  }

  /** Gives targets back that this worker will not fire; another one is woken for them. */
  async handBack(items: readonly ArmedTarget[]): Promise<void> {
    await this.firing.disarm(items.map((item) => item.armed));
    await this.sweep.resend(items.map((item) => item.target.id));
  }
}
