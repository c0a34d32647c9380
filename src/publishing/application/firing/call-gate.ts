import { Injectable } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { askAgainMs, retryAllowanceOf } from '../../domain/firing/retry-budget.policy.js';
import { RetryBudget } from '../../domain/firing/retry-budget.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { DecideTargets } from '../rerouting/decide-targets.js';
import { Engine } from '../engine.js';

/** Why a call whose intent is written does not begin now. Nothing was sent. */
export type Barred =
  | { readonly kind: 'platform_down' }
  /** Our own connection is gone: it asks again. */
  | { readonly kind: 'self_suspect'; readonly afterMs: number }
  /** @see RetryBudget */
  | { readonly kind: 'over_budget'; readonly afterMs: number };

const BARRED: readonly string[] = ['platform_down', 'self_suspect', 'over_budget'] satisfies Barred['kind'][];

/** Whether the gate ended it: the platform was asked nothing. */
export const isBarred = ({ kind }: { readonly kind: string }): boolean => BARRED.includes(kind);

/** No call begins on older news of its platform. Health is read four times a second where nothing is in the way. */
const NEWS_MS = SECOND_MS;
/** While we are cut off ourselves. */
const ASK_AGAIN_MS = 5_000;

/**
 * The last look at the platform before a call's work begins: it may have waited in the lanes since its intent. What a
 * dead platform gets is bounded by this and by the ramp's tokens (design 4.5).
 */
@Injectable()
export class CallGate {
  /** First tries that the shared budget has not counted yet, by platform. */
  private readonly uncounted = new Map<string, { sinceMs: number; count: number }>();

  constructor(
    private readonly health: HealthView,
    private readonly decide: DecideTargets,
    private readonly budget: RetryBudget,
    private readonly engine: Engine,
  ) {}

  /** @param region where the account is at home @returns undefined: go */
  async ask(target: TargetRecord, region: string): Promise<Barred | undefined> {
    await this.health.notOlderThan(NEWS_MS);
    if (this.health.isSelfSuspect()) return { kind: 'self_suspect', afterMs: ASK_AGAIN_MS };
    const { state } = this.health.stateOf(target.platform, region, target.workspaceId);
    if (state === 'down' && !(await this.mayGoAllTheSame(target))) return { kind: 'platform_down' };
    if (target.tries === 0) {
      this.entryOf(target.platform).count += 1;
      return undefined;
    }
    const allowance = retryAllowanceOf(state);
    if (!allowance || (await this.budget.take(target.platform, allowance, this.takeUncounted(target.platform))))
      return undefined;
    const { jitter } = this.engine.settings;
    return { kind: 'over_budget', afterMs: this.engine.waitMs(askAgainMs(jitter())) };
  }

  /** A route may say to publish whatever the state. */
  private async mayGoAllTheSame(target: TargetRecord): Promise<boolean> {
    const [decided] = await this.decide.execute([target]);
    return decided?.decision.kind === 'publish';
  }

  private takeUncounted(platform: string): number {
    const { count } = this.entryOf(platform);
    this.uncounted.delete(platform);
    return count;
  }

  /** What is older than a minute does not count any more. */
  private entryOf(platform: string): { count: number } {
    const nowMs = this.engine.now().getTime();
    const known = this.uncounted.get(platform);
    if (known && nowMs - known.sinceMs < MINUTE_MS) return known;
    const entry = { sinceMs: nowMs, count: 0 };
    this.uncounted.set(platform, entry);
    return entry;
  }
}
