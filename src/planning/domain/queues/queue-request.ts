import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { type Finding, finding } from '../finding.js';
import { parseWallTime } from '../wall-time.js';
import { MAX_QUEUE_ACCOUNTS } from './plan-queue.js';
import type { DateRange, IsoDay, QueueOrder, Season } from './queue.js';
import type { QueuePlanWish, SlotWish, StoredQueue } from './queues.port.js';

/** Weekly times one queue may have: one each half hour. */
export const MAX_SLOTS = 336;
export const MAX_RANGES = 100;
/** Queues of one workspace. */
export const MAX_QUEUES = 200;
const WEEK_SECONDS = 7 * 86_400;

/** A queue as asked for. */
export interface QueueRequest {
  readonly name: string;
  readonly timezone?: string;
  readonly accountIds?: readonly string[];
  readonly slots?: readonly {
    readonly dayOfWeek: IsoDay;
    readonly time: string;
    readonly categories?: readonly string[];
  }[];
  readonly order?: QueueOrder;
  readonly seed?: number;
  readonly weighsViews?: boolean;
  readonly minGapSeconds?: number;
  /** null: no cap. */
  readonly dailyCap?: number | null;
  readonly blackouts?: readonly DateRange[];
  readonly seasons?: readonly Season[];
}

/** The queue that is asked for, before it is checked. @param zone of the workspace */
export const wishOf = (request: QueueRequest, zone: string): QueuePlanWish => ({
  name: request.name.trim(),
  zone: request.timezone ?? zone,
  accountIds: request.accountIds ?? [],
  slots: (request.slots ?? []).map(({ dayOfWeek, time, categories }) => ({
    isoDay: dayOfWeek,
    time,
    categories: categories ?? [],
  })),
  order: request.order ?? 'oldest',
  seed: request.seed ?? 0,
  weighsViews: request.weighsViews ?? false,
  minGapSeconds: request.minGapSeconds ?? 0,
  ...(request.dailyCap ? { dailyCap: request.dailyCap } : {}),
  blackouts: request.blackouts ?? [],
  seasons: request.seasons ?? [],
});

/** A stored queue as it would be asked for: what a change is laid over. */
export const requestOf = (queue: StoredQueue): QueueRequest => ({
  name: queue.name,
  timezone: queue.zone,
  accountIds: queue.accountIds,
  slots: queue.slots.map(({ isoDay, time, categories }) => ({ dayOfWeek: isoDay, time, categories })),
  order: queue.order,
  seed: queue.seed,
  weighsViews: queue.weighsViews,
  minGapSeconds: queue.minGapSeconds,
  dailyCap: queue.dailyCap ?? null,
  blackouts: queue.blackouts,
  seasons: queue.seasons,
});

/** Everything about a queue that cannot be; accounts are judged by who knows them. */
export const queueFindings = (wish: QueuePlanWish): Finding[] => [
  ...(wish.name === '' ? [finding('queue.no_name', 'name', 'Give the queue a name.')] : []),
  ...(isTimeZone(wish.zone) ? [] : [unknownZone()]),
  ...slotFindings(wish),
  ...twice(wish.accountIds).map((index) =>
    finding('queue.account_twice', `accountIds.${index}`, 'This account is listed twice. Remove one.'),
  ),
  ...tooMany('accountIds', wish.accountIds.length, MAX_QUEUE_ACCOUNTS),
  ...tooMany('blackouts', wish.blackouts.length, MAX_RANGES),
  ...tooMany('seasons', wish.seasons.length, MAX_RANGES),
  ...wish.blackouts.flatMap(blackoutFindings),
  ...seasonFindings(wish.seasons),
];

const unknownZone = () =>
  finding('queue.unknown_zone', 'timezone', 'This is no IANA time zone. Send one like Europe/Paris or UTC.');

const tooMany = (field: string, actual: number, limit: number): Finding[] =>
  actual <= limit
    ? []
    : [finding('queue.too_many', field, `At most ${limit} ${field}; this has ${actual}.`, { limit, actual })];

const slotFindings = ({ slots, minGapSeconds }: QueuePlanWish): Finding[] => {
  const places = slots.map(secondOfWeek);
  const odd = places.flatMap((place, index) => (place === undefined ? [badTime(index)] : []));
  const double = twice(slots.map(({ isoDay, time }) => `${isoDay} ${time}`)).map((index) =>
    finding('queue.slot_twice', `slots.${index}`, 'This day and time is listed twice. Remove one, or move it.'),
  );
  const words = slots.flatMap(({ categories }, index) =>
    twice(categories).map((at) =>
      finding('queue.category_twice', `slots.${index}.categories.${at}`, 'This category is listed twice. Remove one.'),
    ),
  );
  const close = odd.length + double.length > 0 ? [] : overlaps(places as number[], minGapSeconds);
  return [...tooMany('slots', slots.length, MAX_SLOTS), ...odd, ...double, ...words, ...close];
};

const badTime = (index: number) =>
  finding(
    'queue.bad_time',
    `slots.${index}.time`,
    'This is no time of a day. Send HH:MM on a 24-hour clock, from 00:00 to 23:59.',
  );

/** Seconds from Monday 00:00; undefined for a time that does not exist. */
const secondOfWeek = ({ isoDay, time }: SlotWish): number | undefined => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? ((isoDay - 1) * 24 + Number(match[1])) * 3_600 + Number(match[2]) * 60 : undefined;
};

/** Two slots closer than the least gap: the second could never be filled. The week is a ring. */
const overlaps = (places: readonly number[], minGapSeconds: number): Finding[] => {
  const order = places.map((second, index) => ({ second, index })).toSorted((a, b) => a.second - b.second);
  return order.flatMap(({ second, index }, position) => {
    const next = order[position + 1] ?? order[0];
    if (!next || next.index === index) return [];
    const distance = (next.second - second + WEEK_SECONDS) % WEEK_SECONDS;
    if (distance >= minGapSeconds) return [];
    const message = `This slot comes ${distance / 60} minutes after another, but minGapSeconds asks for ${minGapSeconds / 60}. Move it, or lower the gap.`;
    return [finding('queue.slots_overlap', `slots.${next.index}`, message, { limit: minGapSeconds, actual: distance })];
  });
};

const isDate = (text: string): boolean => /^\d{4}-/.test(text) && parseWallTime(`${text}T00:00`) !== undefined;

const blackoutFindings = ({ from, until }: DateRange, index: number): Finding[] => {
  const odd = (
    [
      ['from', from],
      ['until', until],
    ] as const
  ).flatMap(([field, date]) =>
    isDate(date) ? [] : [badDate(`blackouts.${index}.${field}`, 'YYYY-MM-DD, for example 2027-12-24')],
  );
  if (odd.length > 0 || from <= until) return odd;
  const message = 'This span ends before it begins. Swap from and until.';
  return [finding('queue.range_reversed', `blackouts.${index}.until`, message)];
};

/** Days of every year; 02-29 is one. */
export const seasonFindings = (seasons: readonly Season[], place = 'seasons'): Finding[] =>
  seasons.flatMap((season, index) =>
    (['from', 'until'] as const).flatMap((field) =>
      isDate(`2024-${season[field]}`)
        ? []
        : [badDate(`${place}.${index}.${field}`, 'MM-DD, for example 12-01; the span may run over New Year')],
    ),
  );

const badDate = (field: string, form: string) =>
  finding('queue.bad_date', field, `This is no day that exists. Send ${form}.`);

/** Where a value comes that came before. */
const twice = (values: readonly string[]): number[] => {
  const seen = new Set<string>();
  return values.flatMap((value, index) => (seen.size === seen.add(value).size ? [index] : []));
};
