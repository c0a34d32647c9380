/** What an alarm sets off; a promise ends with the work. */
type Work = () => unknown;

interface Alarm {
  readonly dueMs: number;
  readonly run: Work;
  /** A sleeper is woken by a reset instead of forgotten, so that no request hangs for ever. */
  readonly wakeOnReset: boolean;
  timer?: NodeJS.Timeout;
}

/** Longest delay a Node timer takes, ms; longer alarms are re-armed. */
const MAX_TIMER_MS = 2_147_483_647;

/** The sandbox's time: real time plus what tests added. Alarms never keep the process alive. */
export class SandboxClock {
  #offsetMs = 0;
  readonly #alarms = new Set<Alarm>();
  readonly #underWay = new Set<Promise<unknown>>();

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  iso(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** Runs once when sandbox time has moved on by `delayMs`. */
  after(delayMs: number, run: Work): void {
    this.#arm({ dueMs: this.nowMs() + delayMs, run, wakeOnReset: false });
  }

  /** Resolves after `delayMs` of sandbox time, or at a reset. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#arm({ dueMs: this.nowMs() + delayMs, run: resolve, wakeOnReset: true });
    });
  }

  /** Jumps forward; alarms that became due run at once, earliest first. Resolves when the work of alarms has ended. */
  async advance(ms: number): Promise<void> {
    this.#offsetMs += ms;
    const due = [...this.#alarms].filter((alarm) => alarm.dueMs <= this.nowMs()).sort((a, b) => a.dueMs - b.dueMs);
    for (const alarm of due) this.#fire(alarm);
    for (const alarm of [...this.#alarms]) this.#arm(alarm);
    await Promise.allSettled(this.#underWay);
  }

  /** Forgets all alarms and every jump. */
  reset(): void {
    this.#offsetMs = 0;
    for (const alarm of [...this.#alarms]) {
      if (alarm.wakeOnReset) this.#fire(alarm);
      else this.#disarm(alarm);
    }
  }

  #arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.#alarms.add(alarm);
    const delayMs = alarm.dueMs - this.nowMs();
    alarm.timer = setTimeout(
      () => (alarm.dueMs > this.nowMs() + 1 ? this.#arm(alarm) : this.#fire(alarm)),
      Math.min(Math.max(0, delayMs), MAX_TIMER_MS),
    );
    alarm.timer.unref();
  }

  #disarm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.#alarms.delete(alarm);
  }

  #fire(alarm: Alarm): void {
    if (!this.#alarms.has(alarm)) return;
    this.#disarm(alarm);
    const work = alarm.run();
    if (!(work instanceof Promise)) return;
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }
}
