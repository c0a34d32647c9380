import { type CalendarGroup, isUrgent } from './groups.ts';

/** What one line stands for where a place has too many. */
export interface MoreGroups {
  readonly key: string;
  /** Of the last line that is shown: this one comes right after it. */
  readonly at: string;
  /** How many are not shown, and how many of these want a look. */
  readonly hidden: number;
  readonly urgent: number;
  /** All of the place, shown ones too. */
  readonly groups: readonly CalendarGroup[];
}

export interface CappedGroups {
  readonly shown: readonly CalendarGroup[];
  readonly more: readonly MoreGroups[];
}

interface Cap {
  /** The day, or the hour of a day. */
  readonly placeOf: (group: CalendarGroup) => string;
  readonly most: number;
}

/** Shows so many of a place, and one line for all others: what is drawn is bounded, whatever was planned. */
export const capGroups = (groups: readonly CalendarGroup[], { placeOf, most }: Cap): CappedGroups => {
  const shown: CalendarGroup[] = [];
  const more: MoreGroups[] = [];
  for (const [key, all] of Map.groupBy(groups, placeOf)) {
    const fits = all.slice(0, most);
    const rest = all.slice(most);
    shown.push(...fits);
    const last = fits.at(-1);
    if (rest.length > 0 && last)
      more.push({ key, at: last.at, hidden: rest.length, urgent: rest.filter(isUrgent).length, groups: all });
  }
  return { shown, more };
};
