import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Stage } from '../run/stage.js';
import type { TraceAccount } from '../world/roster.js';

/** Tokens that live two hours are renewed half an hour before their end (`accounts/domain/refresh.policy.ts`). */
const EVERY_MS = 90 * MINUTE_MS;

/**
 * Renews every account's token, as production does: an endpoint that fails leaves the old pair as it is, and health does
 * not hear of it. Probes ask the same endpoint oftener, and without an account's own trouble.
 */
export class Refreshes {
  constructor(private readonly stage: Stage) {}

  /** The accounts of a platform in turn, evenly over the 90 minutes. */
  start(): void {
    const { roster, trace } = this.stage;
    for (const account of roster.all)
      this.plan(account, (EVERY_MS * account.no) / (trace.accounts[account.platform] ?? 1));
  }

  private plan(account: TraceAccount, atMs: number): void {
    if (atMs < this.stage.endMs) this.stage.at(Math.round(atMs), () => this.refresh(account));
  }

  private refresh(account: TraceAccount): void {
    const { world, nowMs, observations } = this.stage;
    observations.saw(account, 'refresh', { atMs: nowMs, isBad: !world.refresh(account, nowMs) });
    this.plan(account, nowMs + EVERY_MS);
  }
}
