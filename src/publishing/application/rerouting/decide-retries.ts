import { Injectable } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { ApplyDecisions } from './apply-decisions.js';
import { DecideTargets } from './decide-targets.js';

const BATCH = 1_000;

/**
 * What waits for another try on a platform that is down by now is decided at once, not at the end of its backoff: that
 * try could only fail, or be the canary of a recovery that belongs to those that wait.
 */
@Injectable()
export class DecideRetries {
  /** The last one asked about: what the route publishes whatever the state must not hide those behind it. */
  private after: string | undefined;

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly health: HealthView,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecisions,
  ) {}

  /** @returns how many wait no longer for their try */
  async runOnce(): Promise<number> {
    const places = this.health.placesWhere((state) => state === 'down');
    if (places.length === 0) return 0;
    const targets = await this.waiting.retries(places, this.after, BATCH);
    this.after = targets.length < BATCH ? undefined : targets.at(-1)?.id;
    const decided = await this.decide.execute(targets);
    const moved = await this.apply.execute(decided.filter(({ decision }) => decision.kind !== 'publish'));
    return moved.size;
  }
}
