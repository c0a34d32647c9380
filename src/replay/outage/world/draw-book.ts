import type { Draws } from '../../domain/draws.js';
import { logNormalAt } from '../../domain/draws.js';
import type { Spread } from '../trace/trace.js';

/** Whom a draw is about; left out parts are empty in its key. */
export interface DrawnFor {
  readonly platform?: string;
  /** An account's number, or a region where no account is concerned. */
  readonly account?: number | string;
  readonly post?: number;
}

/**
 * Draws by key `kind|platform|account|post|n`, n counting that kind for that key from 0: the same post meets the same
 * fate under every policy, and the retries of one target go on counting.
 */
export class DrawBook {
  private readonly counts = new Map<string, number>();

  constructor(private readonly draws: Draws) {}

  /** Uniform in [0, 1). */
  uniform(kind: string, { platform = '', account = '', post }: DrawnFor): number {
    const key = `${kind}|${platform}|${account}|${post ?? ''}`;
    const n = this.counts.get(key) ?? 0;
    this.counts.set(key, n + 1);
    return this.draws.uniform(`${key}|${n}`);
  }

  /** Log-normal, in the spread's unit. */
  spread(kind: string, of: DrawnFor, spread: Spread): number {
    return logNormalAt(this.uniform(kind, of), spread);
  }

  /** Whole, 0 <= i < `count`. */
  index(kind: string, of: DrawnFor, count: number): number {
    return Math.min(count - 1, Math.floor(this.uniform(kind, of) * count));
  }

  chance(kind: string, of: DrawnFor, rate: number): boolean {
    return this.uniform(kind, of) < rate;
  }
}
