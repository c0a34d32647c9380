import type { EvergreenItem, ItemRun, PlannedPlace, QueuePlan, Taken } from './queue.js';

/** The facts of the next plan after a plan: its runs are known, its places and targets taken. */
export const carryOver = (
  items: readonly EvergreenItem[],
  taken: Taken,
  { planned }: Pick<QueuePlan, 'planned'>,
): { readonly items: readonly EvergreenItem[]; readonly taken: Taken } => ({
  items: withRuns(items, planned),
  taken: {
    places: [...taken.places, ...planned.map(({ slotId, localDate }) => ({ slotId, localDate }))],
    targets: [
      ...taken.targets,
      ...planned.flatMap(({ at, postId, accountIds }) => accountIds.map((accountId) => ({ accountId, at, postId }))),
    ],
  },
});

/** Touches only the posts that run: a library has thousands, a plan a few. */
const withRuns = (items: readonly EvergreenItem[], planned: readonly PlannedPlace[]): readonly EvergreenItem[] => {
  const numbers = numbersOf(items);
  const next = [...items];
  for (const { postId, at, variation, accountIds } of planned) {
    const number = numbers.get(postId) ?? -1;
    const item = next[number];
    const run: ItemRun = { at, variation, accountIds };
    if (item) next[number] = { ...item, runs: [...item.runs, run] };
  }
  known.set(next, numbers);
  return next;
};

/** Where each post stands in a list; the lists that are carried over one from the other have the same order. */
const numbersOf = (items: readonly EvergreenItem[]): ReadonlyMap<string, number> => {
  const numbers = known.get(items) ?? new Map(items.map(({ postId }, number) => [postId, number]));
  known.set(items, numbers);
  return numbers;
};
const known = new WeakMap<readonly EvergreenItem[], ReadonlyMap<string, number>>();
