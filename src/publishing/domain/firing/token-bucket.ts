/**
 * Lets through `perSecond` per second, and as many at once after a second of rest; at most 2 x `perSecond` in any one
 * second. Pure: the caller brings the time; where its clock is set back nothing is gained.
 */
export class TokenBucket {
  private tokens: number;
  private atMs: number | undefined;

  /** @param perSecond > 0; 0 lets everything through */
  constructor(private readonly perSecond: number) {
    this.tokens = this.capacity;
  }

  /** Takes a token if there is one. */
  take(nowMs: number): boolean {
    if (this.perSecond === 0) return true;
    this.fill(nowMs);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** A token was taken for nothing. */
  giveBack(): void {
    this.tokens = Math.min(this.capacity, this.tokens + 1);
  }

  /** How long until the next token, ms; 0: there is one. */
  waitMs(nowMs: number): number {
    if (this.perSecond === 0) return 0;
    this.fill(nowMs);
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perSecond) * 1_000);
  }

  private get capacity(): number {
    return Math.max(1, this.perSecond);
  }

  private fill(nowMs: number): void {
    const gained = ((nowMs - (this.atMs ?? nowMs)) / 1_000) * this.perSecond;
    this.tokens = Math.min(this.capacity, this.tokens + Math.max(0, gained));
    this.atMs = nowMs;
  }
}
