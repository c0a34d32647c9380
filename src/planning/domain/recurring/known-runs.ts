import type { WallTime, ZoneClock } from '../wall-time-clock.js';
import { type DayNumber, dayOf } from '../queues/local-days.js';
import type { EvergreenItem } from '../queues/queue.js';

/** One run of a post, whatever planned it. */
export interface KnownRun {
  readonly wall: WallTime;
  /** Index of its wording; -1: one that the post has no more. */
  readonly variation: number;
  readonly accountIds: readonly string[];
}

/** The runs of a post as a walk through time meets them: those behind, and those ahead. */
export class KnownRuns {
  /** Runs in its life, those ahead too; runs that were lost are not among them. */
  count: number;
  /** Of the run before; undefined: there was none, or its wording is gone. */
  lastVariation: number | undefined;
  /** Of the run before, on any account. */
  lastDay: DayNumber | undefined;
  private readonly lastDayOn = new Map<string, DayNumber>();
  private readonly ahead: readonly KnownRun[];
  private passed = 0;

  constructor({ past, runs }: Pick<EvergreenItem, 'past' | 'runs'>, clock: ZoneClock) {
    const dayAt = (at: Date) => dayOf(clock.wallOf(at.getTime()));
    this.count = past.count + runs.length;
    this.lastVariation = past.lastVariation;
    this.lastDay = past.lastAt && dayAt(past.lastAt);
    // A run that went out late rests from the day it was planned for: an outage costs no cadence.
    for (const [accountId, at] of past.lastOn)
      this.lastDayOn.set(accountId, dayAt(past.lastAt && at > past.lastAt ? past.lastAt : at));
    this.ahead = runs
      .map(({ at, ...run }) => ({ ...run, wall: clock.wallOf(at.getTime()) }))
      .toSorted((one, other) => one.wall - other.wall);
  }

  /** Runs at `wall` or before it are behind. */
  walkTo(wall: WallTime): void {
    for (let next = this.next; next && next.wall <= wall; next = this.next) {
      this.passed += 1;
      this.leaveBehind(next);
    }
  }

  /** One more run, at the place that was walked to. */
  add(run: KnownRun): void {
    this.count += 1;
    this.leaveBehind(run);
  }

  get next(): KnownRun | undefined {
    return this.ahead[this.passed];
  }

  lastDayOf(accountId: string): DayNumber | undefined {
    return this.lastDayOn.get(accountId);
  }

  nextDayOf(accountId: string): DayNumber | undefined {
    for (let index = this.passed; index < this.ahead.length; index += 1) {
      const run = this.ahead[index];
      if (run?.accountIds.includes(accountId)) return dayOf(run.wall);
    }
    return undefined;
  }

  private leaveBehind({ wall, variation, accountIds }: KnownRun): void {
    this.lastDay = dayOf(wall);
    this.lastVariation = variation < 0 ? undefined : variation;
    for (const accountId of accountIds) this.lastDayOn.set(accountId, dayOf(wall));
  }
}
