import { SECOND_MS } from '../../../kernel/durations.js';

/** A receiver that slows us down hears from us at least so often, per second. */
const SLOWEST = 0.1;
/** What a receiver is taken to have refused when it pushes back on one of our first messages, per second. */
const FIRST_GUESS = 1;
/** Answers to one burst arrive together; they count as one. */
const ONE_PUSH_BACK_MS = SECOND_MS;
/** After so many seconds without a word the rate is where it was pushed back. */
const RECOVERS_IN_SECONDS = 30;
/** Beyond this multiple of the rate that was refused, the receiver has forgotten it, and so do we. */
const FORGIVEN_AT = 4;
const WINDOW_MS = 5 * SECOND_MS;

/**
 * How fast one receiver takes mail from one server: as fast as we can until it pushes back (421, 450, 4.7.x), then half
 * of that, then slowly more (additive increase, multiplicative decrease; `resilience.md` D2.9).
 * Times are milliseconds of one clock.
 */
export class Pace {
  private perSecond: number;
  private tokens = 1;
  private refilledAt: number;
  private refusedAtRate = Infinity;
  private pushedBackAt = -Infinity;
  private windowAt: number;
  private inWindow = 0;
  private lastRate = 0;

  /** @param ceiling messages per second that are never exceeded; Infinity: none */
  constructor(
    private readonly ceiling: number,
    now: number,
  ) {
    this.perSecond = ceiling;
    this.refilledAt = now;
    this.windowAt = now;
  }

  /** Milliseconds until one more may go; 0: now. */
  waitMs(now: number): number {
    this.refill(now);
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perSecond) * SECOND_MS);
  }

  /** One goes. */
  take(now: number): void {
    this.refill(now);
    if (this.perSecond !== Infinity) this.tokens -= 1;
    this.inWindow += 1;
  }

  /** The receiver asked us to slow down. */
  pushBack(now: number): void {
    if (now - this.pushedBackAt < ONE_PUSH_BACK_MS) return;
    this.refill(now);
    this.pushedBackAt = now;
    this.refusedAtRate = Math.min(this.perSecond, Math.max(FIRST_GUESS, this.rate(now)));
    this.perSecond = Math.max(SLOWEST, this.refusedAtRate / 2);
    this.tokens = Math.min(this.tokens, 0);
  }

  /** Messages per second that may go; Infinity: as many as we can. */
  get limit(): number {
    return this.perSecond;
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.refilledAt) / SECOND_MS;
    this.refilledAt = now;
    if (now - this.windowAt >= WINDOW_MS) {
      this.lastRate = this.rate(now);
      this.inWindow = 0;
      this.windowAt = now;
    }
    if (this.perSecond === Infinity) return;
    this.tokens = Math.min(Math.max(1, this.perSecond), this.tokens + seconds * this.perSecond);
    this.recover(seconds);
  }

  private recover(seconds: number): void {
    if (this.refusedAtRate === Infinity) return;
    const step = this.refusedAtRate / 2 / RECOVERS_IN_SECONDS;
    this.perSecond = Math.min(this.ceiling, this.perSecond + seconds * step);
    if (this.perSecond < this.refusedAtRate * FORGIVEN_AT) return;
    this.perSecond = this.ceiling;
    this.refusedAtRate = Infinity;
    this.tokens = 1;
  }

  private rate(now: number): number {
    const seconds = Math.max(SECOND_MS, now - this.windowAt) / SECOND_MS;
    return Math.max(this.lastRate, this.inWindow / seconds);
  }
}
