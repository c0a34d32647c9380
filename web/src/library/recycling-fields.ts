import type { PostRecyclingDto, RecyclingDto } from '../api/generated/types.gen.ts';

/** How a post returns, as it is typed; empty: as its tags say. */
export interface RecyclingFields {
  readonly gap: number | '';
  readonly gapFreq: 'day' | 'week' | 'month';
  /** Days by platform; a platform that is not named is as the tags say. */
  readonly cooldownDays: Readonly<Record<string, number>>;
  readonly startDate: string;
  readonly expireDate: string;
  readonly expireCount: number | '';
  readonly priority: number | '';
  readonly weight: number | '';
}

type Stored = PostRecyclingDto['recycling'];

const UNITS = ['day', 'week', 'month'] as const;
const numberOf = (value: unknown): number | '' => (typeof value === 'number' ? value : '');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @param platforms to which one number for all is spread */
const cooldownOf = (value: unknown, platforms: readonly string[]): Readonly<Record<string, number>> => {
  if (typeof value === 'number') return Object.fromEntries(platforms.map((platform) => [platform, value]));
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
};

export const fieldsOf = (stored: Stored, platforms: readonly string[]): RecyclingFields => ({
  gap: numberOf(stored.gap),
  gapFreq: UNITS.find((unit) => unit === stored.gapFreq) ?? 'day',
  cooldownDays: cooldownOf(stored.cooldownDays, platforms),
  startDate: textOf(stored.startDate),
  expireDate: textOf(stored.expireDate),
  expireCount: numberOf(stored.expireCount),
  priority: numberOf(stored.priority),
  weight: numberOf(stored.weight),
});

/** What PATCH gets: only what was typed otherwise; null takes a setting back. */
export const changesOf = (before: RecyclingFields, now: RecyclingFields): RecyclingDto => {
  const names = Object.keys(now) as (keyof RecyclingFields)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  return Object.fromEntries(changed.map((name) => [name, isEmpty(now[name]) ? null : now[name]]));
};

const isEmpty = (value: RecyclingFields[keyof RecyclingFields]): boolean =>
  value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
