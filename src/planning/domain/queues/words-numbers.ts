import type { PlanningItem } from './planning-facts.port.js';

/** By post: the numbers of its wordings as `occurrence.variation` has them. Posts with their own words alone: absent. */
export type NumbersOfWords = ReadonlyMap<string, readonly number[]>;

export const numbersOfWords = (items: readonly PlanningItem[]): NumbersOfWords => {
  const numbers = new Map<string, readonly number[]>();
  for (const { postId, variationNumbers } of items)
    if (variationNumbers.length > 1) numbers.set(postId, variationNumbers);
  return numbers;
};
