import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { carryOver } from '../../domain/queues/carry-over.js';
import { hasOpenPlaces } from '../../domain/queues/open-places.js';
import { planQueue } from '../../domain/queues/plan-queue.js';
import type { EmptyPlace, EvergreenItem, PlaceKey, PlannedPlace, QueuePlan, Span } from '../../domain/queues/queue.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { type NumbersOfWords, numbersOfWords } from '../../domain/queues/words-numbers.js';
import { GatherFacts } from '../queues/gather-facts.js';

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

/** One queue's part. */
interface QueueForecast {
  readonly planned: readonly ForecastRun[];
  readonly empty: readonly ForecastGap[];
}

/**
 * What the planner would do with the queues as they are, beyond what is planned; writes nothing. Where every place has
 * its run already no post is read. Platforms are asked about the words only when a run is made.
 */
@Injectable()
export class ForecastReader {
  constructor(
    private readonly queues: Queues,
    private readonly reservations: Reservations,
    private readonly gather: GatherFacts,
    private readonly clock: Clock,
  ) {}

  /**
   * In order of time. Queues are asked in turn, oldest first, and see each other's runs, as with the planner.
   * @param seenUntil who shows only what comes before gets no more, at less cost where that is planned already
   */
  async between(workspaceId: WorkspaceId, span: Span, seenUntil = span.until): Promise<Forecast> {
    const from = this.clock.now();
    if (span.until <= from) return { runs: [], gaps: [] };
    const queues = (await this.queues.all(workspaceId)).filter(({ slots }) => slots.length > 0);
    const whole = { from, until: span.until };
    const places = await this.reservations.places(workspaceId, around(whole));
    const seen = { from, until: seenUntil };
    const isOpen = queues.some((queue) => hasOpenPlaces(queue, places, seen));
    const plans = isOpen
      ? await this.plansOf(workspaceId, queues, { span: whole, places })
      : queues.map((queue) => closedOf(queue, places, seen));
    const isIn = ({ at }: { readonly at: Date }) => at >= span.from && at < seenUntil;
    return {
      runs: plans.flatMap(({ planned }) => planned.filter(isIn)).toSorted(byTime),
      gaps: plans.flatMap(({ empty }) => empty.filter(isIn)).toSorted(byTime),
    };
  }

  /** One queue as it is imagined, from a day on; its runs that nobody touched are planned anew. */
  async imagine(queue: StoredQueue, span: Span): Promise<QueueForecast> {
    const { workspaceId, id: queueId } = queue;
    const now = this.clock.now();
    const whole = { from: now, until: span.until };
    const reserved = await this.reservations.list(workspaceId, { queueId, ...around(whole) });
    const open = reserved.filter(({ isUntouched, at }) => isUntouched && at >= now);
    const places = reserved.filter((place) => !open.includes(place));
    const without = open.map(({ occurrenceId }) => occurrenceId);
    const facts = await this.gather.execute(workspaceId, [queue], { span: whole, places, without });
    const plan = planQueue(queue, facts.items, facts.taken, whole);
    const { planned, empty } = named(queue, plan, numbersOfWords(facts.items));
    const isIn = ({ at }: { readonly at: Date }) => at >= span.from;
    return { planned: planned.filter(isIn), empty: empty.filter(isIn) };
  }

  private async plansOf(
    workspaceId: WorkspaceId,
    queues: readonly StoredQueue[],
    { span, places }: { readonly span: Span; readonly places: readonly PlaceKey[] },
  ): Promise<readonly QueueForecast[]> {
    const facts = await this.gather.execute(workspaceId, queues, { span, places, without: [] });
    const numbers = numbersOfWords(facts.items);
    let items: readonly EvergreenItem[] = facts.items;
    let { taken } = facts;
    return queues.map((queue) => {
      const plan = planQueue(queue, items, taken, span);
      ({ items, taken } = carryOver(items, taken, plan));
      return named(queue, plan, numbers);
    });
  }
}

const around = ({ from, until }: Span): Span => ({ from: plusMs(from, -DAY_MS), until: plusMs(until, DAY_MS) });

const byTime = (one: { readonly at: Date }, other: { readonly at: Date }): number =>
  one.at.getTime() - other.at.getTime();

/** The places where nothing may be planned, for a queue without open ones. */
const closedOf = (queue: StoredQueue, places: readonly PlaceKey[], span: Span): QueueForecast =>
  named(queue, planQueue(queue, [], { places, targets: [] }, span), new Map());

const named = (
  { id: queueId, name: queueName, zone }: StoredQueue,
  { planned, empty }: QueuePlan,
  numbers: NumbersOfWords,
): QueueForecast => {
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
