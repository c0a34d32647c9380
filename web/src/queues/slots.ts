import type { SlotRequestDto } from '../api/generated/types.gen.ts';

/** ISO: 1 is Monday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const isTime = (text: string): boolean => TIME.test(text);

/** Every time of any day, earliest first: the rows of the grid. */
export const timesOf = (slots: readonly SlotRequestDto[]): string[] =>
  [...new Set(slots.map(({ time }) => time))].toSorted();

export const slotAt = (slots: readonly SlotRequestDto[], dayOfWeek: number, time: string): SlotRequestDto | undefined =>
  slots.find((slot) => slot.dayOfWeek === dayOfWeek && slot.time === time);

const inOrder = (slots: readonly SlotRequestDto[]): SlotRequestDto[] =>
  slots.toSorted((one, other) => one.dayOfWeek - other.dayOfWeek || one.time.localeCompare(other.time));

const without = (slots: readonly SlotRequestDto[], { dayOfWeek, time }: SlotRequestDto): SlotRequestDto[] =>
  slots.filter((slot) => slot.dayOfWeek !== dayOfWeek || slot.time !== time);

/** With this slot, in place of one at its day and time. */
export const withSlot = (slots: readonly SlotRequestDto[], slot: SlotRequestDto): SlotRequestDto[] =>
  inOrder([...without(slots, slot), slot]);

export const withoutSlots = (slots: readonly SlotRequestDto[], gone: readonly SlotRequestDto[]): SlotRequestDto[] =>
  gone.reduce<SlotRequestDto[]>(without, [...slots]);

/** With these again, where their places are still free. */
export const withSlots = (slots: readonly SlotRequestDto[], back: readonly SlotRequestDto[]): SlotRequestDto[] =>
  inOrder([...slots, ...back.filter(({ dayOfWeek, time }) => !slotAt(slots, dayOfWeek, time))]);

/** The time on every day; days that have it keep their categories. */
export const withTime = (slots: readonly SlotRequestDto[], time: string): SlotRequestDto[] =>
  DAYS.reduce<SlotRequestDto[]>(
    (all, dayOfWeek) => (slotAt(all, dayOfWeek, time) ? all : withSlot(all, { dayOfWeek, time })),
    [...slots],
  );

/** Those of a time, on any day. */
export const slotsAt = (slots: readonly SlotRequestDto[], time: string): SlotRequestDto[] =>
  slots.filter((slot) => slot.time === time);

/** Every category of any slot, in order. */
export const categoriesOf = (slots: readonly SlotRequestDto[]): string[] =>
  [...new Set(slots.flatMap(({ categories = [] }) => categories))].toSorted();
