import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { FATES, type Fate, isFull, type RehearsedTarget } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Obstacle } from './drill-report.js';
import type { DrillFigures } from './drill-score.js';
import { ObstacleCount } from './obstacles.js';

/** Live so long after its time is still on time (`outage-trace.md` 3.5). */
const ON_TIME_MS = 30 * MINUTE_MS;
/** Below this delays are kept by the second, above by the minute: a bounded table whatever the queue. */
const BY_SECOND_BELOW = 600;

type Counted = Omit<DrillFigures, 'tokensAtRisk' | 'accounts' | 'secondsToMove'> & { readonly secondsToMove?: number };

/** Adds up what a dry run says about each target; holds counts, never the targets. */
export class DryRunTally {
  readonly counts: Record<Fate, number> = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  private readonly delays = new Map<number, number>();
  private readonly reasons = new ObstacleCount();
  private readonly movedTo = new Map<string, number>();
  private onTime = 0;
  private withoutFallback = 0;
  private turnedAway = 0;
  private asking = 0;

  /** @param from when the outage begins: what is overdue by then was not made late by it */
  constructor(private readonly from: Date) {}

  add(targets: readonly RehearsedTarget[]): void {
    for (const target of targets) this.addOne(target);
  }

  /** Posts that ask for the backup list. */
  get broadcastsAsked(): number {
    return this.asking;
  }

  /** Posts each account would take over. */
  get movedByAccount(): ReadonlyMap<string, number> {
    return this.movedTo;
  }

  obstacles(): readonly Obstacle[] {
    return this.reasons.list();
  }

  figures(): Counted {
    const { moved, late, missed, exposed, stuck } = this.counts;
    const slowest = this.percentile(0.95);
    return {
      affected: moved + late + missed + exposed + stuck,
      reached: moved + late,
      onTime: this.onTime,
      withoutFallback: this.withoutFallback,
      turnedAway: this.turnedAway,
      ...(slowest === undefined ? {} : { secondsToMove: slowest }),
    };
  }

  private addOne({ fate, at, scheduledAt, toAccountId, asksBroadcast, hasFallback, obstacles }: RehearsedTarget): void {
    this.counts[fate] += 1;
    if (asksBroadcast) this.asking += 1;
    const promised = scheduledAt > this.from ? scheduledAt : this.from;
    const delayMs = Math.max(0, at.getTime() - promised.getTime());
    if ((fate === 'moved' || fate === 'late') && delayMs <= ON_TIME_MS) this.onTime += 1;
    if (fate === 'moved' && toAccountId !== undefined) {
      this.movedTo.set(toAccountId, (this.movedTo.get(toAccountId) ?? 0) + 1);
      const bucket = bucketOf(delayMs / SECOND_MS);
      this.delays.set(bucket, (this.delays.get(bucket) ?? 0) + 1);
    }
    if (fate === 'paused' || fate === 'unaffected') return;
    const isTurnedAway = obstacles.some(({ code }) => isFull(code));
    if (isTurnedAway) this.turnedAway += 1;
    else if (fate !== 'moved' && hasFallback === false) this.withoutFallback += 1;
    if (hasFallback === false) this.reasons.add(obstacles);
  }

  private percentile(share: number): number | undefined {
    const all = [...this.delays].sort(([one], [other]) => one - other);
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    let seen = 0;
    for (const [seconds, count] of all) {
      seen += count;
      if (seen >= share * total) return seconds;
    }
    return undefined;
  }
}

const bucketOf = (seconds: number): number =>
  seconds < BY_SECOND_BELOW ? Math.round(seconds) : Math.round(seconds / 60) * 60;
