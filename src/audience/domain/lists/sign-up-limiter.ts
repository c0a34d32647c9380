/** Public sign-ups one network may send to a workspace per window. */
export const SIGN_UPS_PER_WINDOW = 30;
/** Public sign-ups a workspace takes per window from everyone: ten a second, more than a crowd that leaves an app. */
export const WORKSPACE_SIGN_UPS_PER_WINDOW = 6_000;
export const SIGN_UP_WINDOW_MS = 10 * 60_000;
const MAX_KEYS = 10_000;

/** A fixed window per key, in this process's memory: a brake for a noisy sender, not an accounting. */
export class SignUpLimiter {
  private readonly windows = new Map<string, { readonly endsAt: number; count: number }>();

  /** @param limit tries of one key per window */
  constructor(private readonly limit: number) {}

  /** Counts one try. @returns false when the key used up its window */
  admits(key: string, now: Date): boolean {
    const window = this.windows.get(key);
    if (!window || window.endsAt <= now.getTime()) {
      this.makeRoom(now);
      // Deleted and set again it stands last: the first is the oldest.
      this.windows.delete(key);
      this.windows.set(key, { endsAt: now.getTime() + SIGN_UP_WINDOW_MS, count: 1 });
      return true;
    }
    window.count += 1;
    return window.count <= this.limit;
  }

  private makeRoom(now: Date): void {
    if (this.windows.size < MAX_KEYS) return;
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now.getTime()) this.windows.delete(key);
    // All still open: forget the oldest rather than grow without bound.
    const [oldest] = this.windows.keys();
    if (this.windows.size >= MAX_KEYS && oldest !== undefined) this.windows.delete(oldest);
  }
}
