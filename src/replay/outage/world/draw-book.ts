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
  private readonly lines = new Map<string, DrawLine>();

  constructor(private readonly draws: Draws) {}

  /** All draws of one key; who makes many keeps it. */
  lineOf(kind: string, { platform = '', account = '', post }: DrawnFor): DrawLine {
    const key = `${kind}|${platform}|${account}|${post ?? ''}`;
    const line = this.lines.get(key) ?? new DrawLine(this.draws, key);
    this.lines.set(key, line);
    return line;
  }

  /** Uniform in [0, 1). */
  uniform(kind: string, of: DrawnFor): number {
    return this.lineOf(kind, of).uniform();
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

/** The draws of one key, one after the other. */
export class DrawLine {
  private count = 0;

  constructor(
    private readonly draws: Draws,
    private readonly key: string,
  ) {}

  /** Uniform in [0, 1). */
  uniform(): number {
    const n = this.count;
    this.count += 1;
    return this.draws.uniform(`${this.key}|${n}`);
  }
}
