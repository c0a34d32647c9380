import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { EarliestFirst } from './earliest-first.js';

/** The clock is asked again after this: it may have stood wrong when the timer was set, and been put right since. */
const LONGEST_TIMER_MS = 1_000;
/** A due instant has microseconds that a Date cuts off; without this the database would find many too early. */
const CUT_OFF_MS = 1;

/** Armed targets by due instant, with one timer for the earliest. */
export class DueCalendar {
  private readonly byDue = new Map<number, ArmedTarget[]>();
  private readonly instants = new EarliestFirst();
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
      const { dueAt, scheduledAt } = item.target;
      const dueMs = Math.max(dueAt.getTime() + CUT_OFF_MS, scheduledAt.getTime() + CUT_OFF_MS, notBeforeMs);
      const sameInstant = this.byDue.get(dueMs);
      if (sameInstant) sameInstant.push(item);
      else {
        this.byDue.set(dueMs, [item]);
        this.instants.add(dueMs);
      }
    }
    this.plan();
  }

  /** Empties the calendar without firing. */
  drain(): readonly ArmedTarget[] {
    clearTimeout(this.timer);
    this.timerFor = Number.POSITIVE_INFINITY;
    const all = [...this.byDue.values()].flat();
    this.byDue.clear();
    this.instants.clear();
    return all;
  }

  private plan(): void {
    const next = this.instants.first ?? Number.POSITIVE_INFINITY;
    if (next === this.timerFor) return;
    clearTimeout(this.timer);
    this.timerFor = next;
    if (next === Number.POSITIVE_INFINITY) return;
    const delay = Math.min(Math.max(0, next - this.nowMs()), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => this.ring(), delay);
  }

  private ring(): void {
    this.timerFor = Number.POSITIVE_INFINITY;
    const now = this.nowMs();
    const due: ArmedTarget[][] = [];
    for (let first = this.instants.first; first !== undefined && first <= now; first = this.instants.first) {
      due.push(this.byDue.get(first) ?? []);
      this.byDue.delete(first);
      this.instants.removeFirst();
    }
    this.plan();
    if (due.length > 0) this.fire(due.flat());
  }
}
