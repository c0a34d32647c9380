import { Injectable } from '@nestjs/common';
import { Firing } from '../domain/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../domain/target-record.js';
import { ApplyDecision } from './apply-decision.js';
import { SweepWakeUps } from './sweep-wake-ups.js';

/** A target armed by this worker, with what it will send. */
export interface ArmedTarget {
  readonly armed: ArmedRef;
  readonly target: TargetRecord;
}

/** Ahead of the due instant: leases and journal rows, so that only the narrow intent is left to write then. */
@Injectable()
export class ArmTargets {
  constructor(
    private readonly firing: Firing,
    private readonly apply: ApplyDecision,
    private readonly sweep: SweepWakeUps,
  ) {}

  /** Arms what can be armed; what waits for an earlier run of its post is held with that reason. */
  async arm(workerId: string, refs: readonly TargetRef[]): Promise<readonly ArmedTarget[]> {
    const { armed, blocked } = await this.firing.arm(workerId, refs);
    for (const ref of blocked) await this.apply.waitForEarlier(ref);
    const targets = new Map((await this.firing.load(armed.map((ref) => ref.targetId))).map((row) => [row.id, row]));
    return armed.flatMap((ref) => {
      const target = targets.get(ref.targetId);
      return target ? [{ armed: ref, target }] : [];
    });
  }

  /** Gives targets back that this worker will not fire; another one is woken for them. */
  async handBack(items: readonly ArmedTarget[]): Promise<void> {
    await this.firing.disarm(items.map((item) => item.armed));
    await this.sweep.resend(items.map((item) => item.target.id));
  }
}
