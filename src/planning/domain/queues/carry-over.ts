import type { EvergreenItem, ItemRun, QueuePlan, Taken } from './queue.js';

/** The facts of the next plan after a plan: its runs are known, its places and targets taken. */
export const carryOver = (
  items: readonly EvergreenItem[],
  taken: Taken,
  { planned }: Pick<QueuePlan, 'planned'>,
): { readonly items: readonly EvergreenItem[]; readonly taken: Taken } => {
  const runs = new Map<string, ItemRun[]>();
  for (const { postId, at, variation, accountIds } of planned)
    runs.set(postId, [...(runs.get(postId) ?? []), { at, variation, accountIds }]);
  return {
    items: items.map((item) => {
      const added = runs.get(item.postId);
      return added ? { ...item, runs: [...item.runs, ...added] } : item;
    }),
    taken: {
      places: [...taken.places, ...planned.map(({ slotId, localDate }) => ({ slotId, localDate }))],
      targets: [
        ...taken.targets,
        ...planned.flatMap(({ at, postId, accountIds }) => accountIds.map((accountId) => ({ accountId, at, postId }))),
      ],
    },
  };
};
