import type { PreviewDto } from '../api/generated/types.gen.ts';

/** A slot to come: what would run there, or why nothing would. */
export interface Place {
  readonly key: string;
  /** ISO instant. */
  readonly at: string;
  readonly why: string;
  /** Absent: it stays empty. */
  readonly caption?: string;
  /** Of accounts that the run would leave out. */
  readonly leftOut: readonly string[];
}

/** Runs and gaps of a preview as one list, earliest first. */
export const inTime = ({ planned, empty }: PreviewDto): Place[] => {
  const keyOf = ({ slotId, localDate }: { slotId: string; localDate: string }) => `${slotId} ${localDate}`;
  const runs = planned.map((place) => ({
    key: keyOf(place),
    at: place.at,
    why: place.why,
    caption: place.caption,
    leftOut: place.leftOut.map(({ why }) => why),
  }));
  const gaps = empty.map((place) => ({ key: keyOf(place), at: place.at, why: place.why, leftOut: [] }));
  return [...runs, ...gaps].toSorted((one, other) => one.at.localeCompare(other.at));
};
