import { toProblem } from '../api/problem.ts';

/** What became of moves that were to be taken back. */
export interface TakenBack {
  readonly count: number;
  /** Why others could not be, each reason once. */
  readonly refusals: readonly string[];
}

/** Takes moves back one by one; one that cannot be does not keep the others. @param undo of one target */
export const takeBack = async (
  targetIds: readonly string[],
  undo: (targetId: string) => Promise<unknown>,
): Promise<TakenBack> => {
  const refusals = new Set<string>();
  let count = 0;
  for (const id of targetIds)
    try {
      await undo(id);
      count += 1;
    } catch (error) {
      refusals.add(toProblem(error).message);
    }
  return { count, refusals: [...refusals] };
};
