/** Counts calls per key in the last minute, as TikTok's sliding windows do. */
export class RateWindow {
  readonly #calls = new Map<string, number[]>();

  /** @returns false when this call is one too many (it is not counted then) */
  admit(key: string, perMinute: number, nowMs: number): boolean {
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > nowMs - 60_000);
    const isAdmitted = recent.length < perMinute;
    if (isAdmitted) recent.push(nowMs);
    this.#calls.set(key, recent);
    return isAdmitted;
  }

  reset(): void {
    this.#calls.clear();
  }
}
