import { Injectable } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { ApplyDecisions } from './apply-decisions.js';
import { type DecidedTarget, DecideTargets } from './decide-targets.js';

const BATCH = 5_000;

/** Asks routing again about held targets: when their time comes, and when their platform got better. */
@Injectable()
export class ReconsiderHeld {
  /** The step of its ramp at which all that a place holds was asked: its share is given once a step. */
  private readonly asked = new Map<string, string>();

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly health: HealthView,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecisions,
    private readonly clock: Clock,
  ) {}

  /** @returns how many targets changed */
  async runOnce(): Promise<number> {
    const regions = await this.waiting.heldRegions();
    const better = regions.filter((place) => this.letsGo(place));
    const held = await this.waiting.held(better, BATCH);
    const decided = await this.decide.execute(held);
    const written = await this.apply.execute(decided.filter((item) => !this.goesOnWaiting(item)));
    return decided.filter(({ target, decision }) => decision.kind !== 'hold' && written.has(target.id)).length;
  }

  private letsGo({ platform, region }: { readonly platform: string; readonly region: string }): boolean {
    const { state, since, rampShare, reason } = this.health.stateOf(platform, region);
    const place = `${platform}|${region}`;
    if (state !== 'recovering') this.asked.delete(place);
    if (state !== 'recovering') return state === 'healthy';
    // The reason names the step, or the canary: a new one is asked for anew.
    const step = `${since.getTime()}|${rampShare}|${reason}`;
    if (rampShare < 1 && this.asked.get(place) === step) return false;
    this.asked.set(place, step);
    return true;
  }

  /** Asked ahead of its look because its platform got better, and not let through yet: nothing to write. */
  private goesOnWaiting({ target: { holdReason, dueAt }, decision }: DecidedTarget): boolean {
    return decision.kind === 'hold' && decision.reason === holdReason && dueAt > this.clock.now();
  }
}
