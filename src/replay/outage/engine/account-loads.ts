import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import type { OwnLoad } from '../../../publishing/domain/rerouting/failback.policy.js';
import type { TargetStatus } from '../../../publishing/domain/targets/target-status.js';
import type { FallbackLoad } from '../../../routing/domain/load-spread.policy.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import type { Stage } from '../run/stage.js';

/** Days before today whose same hour is looked at. */
const DAYS = 7;
/** Such a replacement has given its place back. */
const GONE: readonly TargetStatus[] = ['cancelled', 'missed', 'rerouted'];
const IN_TROUBLE: readonly TargetStatus[] = ['failed', 'unconfirmed', 'needs_decision'];

interface Placed {
  readonly id: string;
  readonly atMs: number;
}

/** What accounts carry of their own and of others, as `fallback-loads.repository` counts it. */
export class AccountLoads {
  /** When each account's own posts are planned, earliest first: the whole trace is scheduled ahead. */
  private readonly planned = new Map<string, readonly number[]>();
  private readonly others = new Map<string, Placed[]>();
  private readonly lastCatchUpMs = new Map<string, number>();

  constructor(
    private readonly stage: Stage,
    private readonly rowOf: (id: string) => MemoryTarget,
  ) {
    const times = new Map<string, number[]>(stage.roster.all.map(({ id }) => [id, []]));
    for (const { atMs, origins } of stage.posts) for (const { id } of origins) times.get(id)?.push(atMs);
    this.planned = times;
  }

  /** A target that stands for another was made. */
  placed({ id, accountId, role, scheduledAt }: MemoryTarget): void {
    const atMs = this.stage.msOf(scheduledAt);
    if (role === 'catch_up') this.lastCatchUpMs.set(accountId, atMs);
    if (role !== 'reroute') return;
    const recent = (this.others.get(accountId) ?? []).filter((other) => other.atMs > atMs - DAY_MS);
    this.others.set(accountId, [...recent, { id, atMs }]);
  }

  of(accountId: string, atMs: number): FallbackLoad {
    const taken = this.takenBy(accountId, atMs - DAY_MS);
    const ofLastHour = taken.filter((one) => one.atMs > atMs - HOUR_MS && one.atMs <= atMs);
    return {
      usualHour: this.usualHour(accountId, atMs),
      takenAt: taken.map((one) => this.stage.dateAt(one.atMs)),
      troubledCount: ofLastHour.filter(({ id }) => isTroubled(this.rowOf(id))).length,
    };
  }

  own(accountId: string, atMs: number): OwnLoad {
    const taken = this.takenBy(accountId, atMs - HOUR_MS).length;
    const lastMs = this.lastCatchUpMs.get(accountId);
    return {
      usualHour: this.usualHour(accountId, atMs),
      lastHour: this.plannedWithin(accountId, atMs - HOUR_MS, atMs) + taken,
      nextHour: this.plannedWithin(accountId, atMs, atMs + HOUR_MS),
      ...(lastMs === undefined || lastMs <= atMs - DAY_MS ? {} : { lastCatchUpAt: this.stage.dateAt(lastMs) }),
    };
  }

  private takenBy(accountId: string, afterMs: number): readonly Placed[] {
    return (this.others.get(accountId) ?? []).filter(
      ({ id, atMs }) => atMs > afterMs && !GONE.includes(this.rowOf(id).status),
    );
  }

  private usualHour(accountId: string, atMs: number): number {
    let most = 0;
    for (let day = 0; day <= DAYS; day += 1) {
      const endMs = atMs - day * DAY_MS;
      most = Math.max(most, this.plannedWithin(accountId, endMs - HOUR_MS, endMs));
    }
    return most;
  }

  /** After `fromMs`, up to `endMs`. */
  private plannedWithin(accountId: string, fromMs: number, endMs: number): number {
    const times = this.planned.get(accountId) ?? [];
    return after(times, endMs) - after(times, fromMs);
  }
}

/** How many are not after `atMs`; a binary search. */
const after = (times: readonly number[], atMs: number): number => {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
};

const isTroubled = ({ tries, status }: MemoryTarget): boolean => tries > 0 || IN_TROUBLE.includes(status);
