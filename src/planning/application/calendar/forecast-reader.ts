import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { carryOver } from '../../domain/queues/carry-over.js';
import { planQueue } from '../../domain/queues/plan-queue.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { EmptyPlace, PlannedPlace, QueuePlan, Span } from '../../domain/queues/queue.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { GatherFacts, type QueueFacts } from '../queues/gather-facts.js';

interface OfQueue {
  readonly queueId: string;
  readonly queueName: string;
  readonly zone: string;
}

/** A run that is not made yet; `variation` as `occurrence.variation`. */
export type ForecastRun = PlannedPlace & OfQueue;
/** A place that would stay empty as things are. */
export type ForecastGap = EmptyPlace & OfQueue;

export interface Forecast {
  readonly runs: readonly ForecastRun[];
  readonly gaps: readonly ForecastGap[];
}

/**
 * What the planner would do with the queues as they are, beyond what is planned; writes nothing. Platforms are asked
 * about the words only when a run is made.
 */
@Injectable()
export class ForecastReader {
  constructor(
    private readonly queues: Queues,
    private readonly reservations: Reservations,
    private readonly gather: GatherFacts,
    private readonly clock: Clock,
  ) {}

  /** In order of time. Queues are asked in turn, oldest first, and see each other's runs, as with the planner. */
  async between(workspaceId: WorkspaceId, span: Span): Promise<Forecast> {
    const from = this.clock.now();
    if (span.until <= from) return { runs: [], gaps: [] };
    const queues = (await this.queues.all(workspaceId)).filter(({ slots }) => slots.length > 0);
    const whole = { from, until: span.until };
    const plans = await this.plansOf(workspaceId, queues, whole);
    const isIn = ({ at }: { readonly at: Date }) => at >= span.from && at < span.until;
    return {
      runs: plans.flatMap(({ planned }) => planned.filter(isIn)).toSorted(byTime),
      gaps: plans.flatMap(({ empty }) => empty.filter(isIn)).toSorted(byTime),
    };
  }

  /** One queue as it is imagined, from a day on; its runs that nobody touched are planned anew. */
  async imagine(
    queue: StoredQueue,
    span: Span,
  ): Promise<{ planned: readonly ForecastRun[]; empty: readonly ForecastGap[] }> {
    const { workspaceId, id: queueId } = queue;
    const now = this.clock.now();
    const whole = { from: now, until: span.until };
    const reserved = await this.reservations.list(workspaceId, { queueId, ...around(whole) });
    const open = reserved.filter(({ isUntouched, at }) => isUntouched && at >= now);
    const places = reserved.filter((place) => !open.includes(place));
    const without = open.map(({ occurrenceId }) => occurrenceId);
    const facts = await this.gather.execute(workspaceId, [queue], { span: whole, places, without });
    const { planned, empty } = named(queue, planQueue(queue, facts.items, facts.taken, whole), numbersOf(facts));
    const isIn = ({ at }: { readonly at: Date }) => at >= span.from;
    return { planned: planned.filter(isIn), empty: empty.filter(isIn) };
  }

  private async plansOf(workspaceId: WorkspaceId, queues: readonly StoredQueue[], span: Span) {
    if (queues.length === 0) return [];
    const plans = [];
    const places = await this.reservations.places(workspaceId, around(span));
    let facts: QueueFacts = await this.gather.execute(workspaceId, queues, { span, places, without: [] });
    const numbers = numbersOf(facts);
    for (const queue of queues) {
      const plan = planQueue(queue, facts.items, facts.taken, span);
      plans.push(named(queue, plan, numbers));
      const next = carryOver(facts.items, facts.taken, plan);
      facts = { items: next.items as readonly PlanningItem[], taken: next.taken };
    }
    return plans;
  }
}

const around = ({ from, until }: Span): Span => ({ from: plusMs(from, -DAY_MS), until: plusMs(until, DAY_MS) });

const byTime = (one: { readonly at: Date }, other: { readonly at: Date }): number =>
  one.at.getTime() - other.at.getTime();

/** By post. */
type VariationNumbers = ReadonlyMap<string, readonly number[]>;

const numbersOf = ({ items }: QueueFacts): VariationNumbers =>
  new Map(items.map(({ postId, variationNumbers }) => [postId, variationNumbers]));

const named = (
  { id: queueId, name: queueName, zone }: StoredQueue,
  { planned, empty }: QueuePlan,
  numbers: VariationNumbers,
): { planned: readonly ForecastRun[]; empty: readonly ForecastGap[] } => {
  const of = { queueId, queueName, zone };
  return {
    planned: planned.map((place) => ({
      ...place,
      ...of,
      variation: numbers.get(place.postId)?.[place.variation] ?? 0,
    })),
    empty: empty.map((place) => ({ ...place, ...of })),
  };
};
