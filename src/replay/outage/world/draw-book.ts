import { KeyIndex } from '../../../kernel/key-index.js';
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
  private readonly lines = new KeyIndex<DrawLine>();

  constructor(private readonly draws: Draws) {}

  /** All draws of a kind about one account, whatever the post; who makes many keeps it. */
  lineOf(kind: string, { platform = '', account = '' }: Omit<DrawnFor, 'post'>): DrawLine {
    return (
      this.lines.get(kind, platform, account) ??
      this.lines.add(kind, platform, account, new DrawLine(this.draws, `${kind}|${platform}|${account}|`))
    );
  }

  /** Uniform in [0, 1). */
  uniform(kind: string, of: DrawnFor): number {
    return this.lineOf(kind, of).uniform(of.post);
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
    return this.lineOf(kind, of).chance(rate, of.post);
  }
}

/** The draws of one kind about one account, for each post one after the other. */
export class DrawLine {
  private count = 0;
  private readonly countOf = new Map<number, number>();

  constructor(
    private readonly draws: Draws,
    private readonly prefix: string,
  ) {}

  /** Uniform in [0, 1). */
  uniform(post?: number): number {
    return this.drawn(this.next(post), post);
  }

  /** Counted now, worked out when asked. */
  later(post?: number): () => number {
    const n = this.next(post);
    return () => this.drawn(n, post);
  }

  /** What never happens is not worked out. */
  chance(rate: number, post?: number): boolean {
    const n = this.next(post);
    return rate > 0 && this.drawn(n, post) < rate;
  }

  /** A draw whose outcome is nothing to anybody: counted, not worked out. */
  skip(): void {
    this.count += 1;
  }

  private drawn(n: number, post: number | undefined): number {
    return this.draws.uniform(`${this.prefix}${post ?? ''}|${n}`);
  }

  private next(post: number | undefined): number {
    if (post === undefined) return this.count++;
    const n = this.countOf.get(post) ?? 0;
    this.countOf.set(post, n + 1);
    return n;
  }
}
