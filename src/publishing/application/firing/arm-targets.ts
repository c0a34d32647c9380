import { Injectable, Logger } from '@nestjs/common';
import { type Arming, Firing } from '../../domain/firing/firing.port.js';
import type { ArmedTarget, TargetRef } from '../../domain/targets/target-record.js';
import { ApplyDecision } from '../rerouting/apply-decision.js';
import { DecideTargets } from '../rerouting/decide-targets.js';
import { HoldPaused } from '../pauses/hold-paused.js';
import { SweepWakeUps } from './sweep-wake-ups.js';

/** So many that cannot be armed are written about at once. */
const AT_ONCE = 8;

interface NotArmed extends Pick<Arming, 'blocked' | 'exhausted'> {
  /** Outdated, leased elsewhere, or paused: only the last must be written about. */
  readonly dropped: readonly string[];
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
    private readonly paused: HoldPaused,
  ) {}

  /**
   * Arms what can be armed; what waits for an earlier run of its post, is paused or has no quota is held, or goes
   * elsewhere. That is written beside the arming: a thousand of those must not make the armed ones late.
   */
  async arm(workerId: string, refs: readonly TargetRef[]): Promise<readonly ArmedTarget[]> {
    const { armed, blocked, exhausted } = await this.firing.arm(workerId, refs);
    const known = new Set([...armed, ...blocked, ...exhausted].map((ref) => ref.targetId));
    const dropped = refs.map(({ targetId }) => targetId).filter((targetId) => !known.has(targetId));
    this.setAside({ blocked, exhausted, dropped });
    return armed;
  }

  /** Resolves when nothing is left to be written about those that could not be armed. */
  whenSetAside(): Promise<void> {
    return this.aside;
  }

  /** Gives targets back that this worker will not fire; another one is woken for them. */
  async handBack(items: readonly ArmedTarget[]): Promise<void> {
    await this.firing.disarm(items);
    await this.sweep.resend(items.map((item) => item.target.id));
  }

  private setAside({ blocked, exhausted, dropped }: NotArmed): void {
    if (blocked.length + exhausted.length + dropped.length === 0) return;
    this.aside = this.aside.then(async () => {
      await this.each(dropped.length === 0 ? [] : [dropped], (ids) => this.paused.among(ids));
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
