import { planQueue } from '../../src/planning/domain/queues/plan-queue.js';
import type { EvergreenItem, PlannedPlace, Queue, Span } from '../../src/planning/domain/queues/queue.js';
import { type EndedRun, settleRuns } from '../../src/planning/domain/queues/settle-runs.js';

const DAY_MS = 86_400_000;

/** A time in which everything sent to these accounts is lost. */
export interface Outage extends Span {
  readonly accountIds: readonly string[];
}

/** What a year brought. */
export interface QueueYear {
  /** Places that got a post, each with where it went live. */
  readonly fired: readonly (PlannedPlace & { readonly liveOn: readonly string[] })[];
  readonly emptyCount: number;
}

interface Way {
  readonly span: Span;
  readonly horizonDays: number;
  readonly outages: readonly Outage[];
}

/**
 * Lives through a span day by day as the planner does: the horizon is kept full, and after a day with losses what is
 * still untouched is planned anew. An outage takes what is sent while it lasts.
 */
export const liveThrough = (queue: Queue, items: readonly EvergreenItem[], way: Way): QueueYear => {
  const life = new QueueLife(queue, items, way);
  for (let day = way.span.from.getTime(); day < way.span.until.getTime(); day += DAY_MS) {
    life.planFrom(day);
    life.fireUntil(day + DAY_MS);
  }
  return life;
};

class QueueLife implements QueueYear {
  readonly fired: QueueYear['fired'][number][] = [];
  emptyCount = 0;
  private readonly ended = new Map<string, EndedRun[]>();
  private ahead: readonly PlannedPlace[] = [];
  private isLossy = false;

  constructor(
    private readonly queue: Queue,
    private readonly items: readonly EvergreenItem[],
    private readonly way: Way,
  ) {}

  planFrom(day: number): void {
    if (this.isLossy) this.ahead = [];
    this.isLossy = false;
    const span = { from: new Date(day), until: new Date(day + this.way.horizonDays * DAY_MS) };
    const near = this.fired.slice(-100).filter(({ at }) => at.getTime() > day - DAY_MS);
    const targets = [...near, ...this.ahead].flatMap(({ accountIds, at, postId }) =>
      accountIds.map((accountId) => ({ accountId, at, postId })),
    );
    const plan = planQueue(this.queue, this.facts(), { places: this.ahead, targets }, span);
    this.emptyCount += plan.empty.filter(({ at }) => at.getTime() < day + DAY_MS).length;
    this.ahead = [...this.ahead, ...plan.planned].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  }

  fireUntil(end: number): void {
    const due = this.ahead.filter(({ at }) => at.getTime() < end);
    this.ahead = this.ahead.slice(due.length);
    for (const place of due) this.fire(place);
  }

  /** Past runs settled, those to come as they are. */
  private facts(): EvergreenItem[] {
    const runs = Map.groupBy(this.ahead, ({ postId }) => postId);
    return this.items.map((item) => ({
      ...item,
      past: settleRuns(this.ended.get(item.postId) ?? []),
      runs: runs.get(item.postId) ?? [],
    }));
  }

  private fire(place: PlannedPlace): void {
    const { at, variation, postId } = place;
    const liveOn = place.accountIds.filter((accountId) => !this.isLost(accountId, at));
    const targets = place.accountIds.map((accountId) => ({
      accountId,
      end: liveOn.includes(accountId) ? ('live' as const) : ('lost' as const),
      at,
    }));
    this.isLossy ||= liveOn.length < place.accountIds.length;
    this.ended.set(postId, [...(this.ended.get(postId) ?? []), { at, variation, targets }]);
    this.fired.push({ ...place, liveOn });
  }

  private isLost(accountId: string, at: Date): boolean {
    return this.way.outages.some(
      ({ accountIds, from, until }) => accountIds.includes(accountId) && from <= at && at < until,
    );
  }
}
