const AT_ONCE = 8;

/** Works on eight items at a time. @returns the results in the order of the items */
export const inLanes = async <T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
};
