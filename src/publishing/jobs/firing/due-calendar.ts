import type { ArmedTarget } from '../../application/firing/arm-targets.js';

/** Longest delay a Node timer takes. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Armed targets by due instant, with one timer for the earliest. */
export class DueCalendar {
  private readonly byDue = new Map<number, ArmedTarget[]>();
  private timer: NodeJS.Timeout | undefined;
  private timerFor = Number.POSITIVE_INFINITY;

  /**
   * @param nowMs epoch milliseconds of the database's clock
   * @param fire called with everything that has come due
   */
  constructor(
    private readonly nowMs: () => number,
    private readonly fire: (due: readonly ArmedTarget[]) => void,
  ) {}

  get size(): number {
    let size = 0;
    for (const targets of this.byDue.values()) size += targets.length;
    return size;
  }

  add(targets: readonly ArmedTarget[], notBeforeMs = 0): void {
    for (const item of targets) {
      const dueMs = Math.max(item.target.dueAt.getTime(), notBeforeMs);
      const sameInstant = this.byDue.get(dueMs);
      if (sameInstant) sameInstant.push(item);
      else this.byDue.set(dueMs, [item]);
      if (dueMs < this.timerFor) this.plan(dueMs);
    }
  }

  /** Empties the calendar without firing. */
  drain(): readonly ArmedTarget[] {
    clearTimeout(this.timer);
    this.timerFor = Number.POSITIVE_INFINITY;
    const all = [...this.byDue.values()].flat();
    this.byDue.clear();
    return all;
  }

  private plan(dueMs: number): void {
    clearTimeout(this.timer);
    this.timerFor = dueMs;
    const delay = Math.min(Math.max(0, dueMs - this.nowMs()), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => this.ring(), delay);
  }

  private ring(): void {
    const now = this.nowMs();
    const due: ArmedTarget[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [dueMs, targets] of this.byDue) {
      if (dueMs <= now) {
        due.push(...targets);
        this.byDue.delete(dueMs);
      } else next = Math.min(next, dueMs);
    }
    this.timerFor = Number.POSITIVE_INFINITY;
    if (next !== Number.POSITIVE_INFINITY) this.plan(next);
    if (due.length > 0) this.fire(due);
  }
}
