/** Values by three words, in the order in which they came; no look builds a string, since some are made by the million. */
export class KeyIndex<T> {
  private readonly byFirst = new Map<string, Map<string, Map<string, T>>>();
  private readonly list: T[] = [];

  get(first: string, second: string, third: string): T | undefined {
    return this.byFirst.get(first)?.get(second)?.get(third);
  }

  /** The value there, made when there is none yet. */
  getOrAdd(first: string, second: string, third: string, make: () => T): T {
    const known = this.get(first, second, third);
    if (known !== undefined) return known;
    const made = make();
    const bySecond = innerOf(this.byFirst, first);
    innerOf(bySecond, second).set(third, made);
    this.list.push(made);
    return made;
  }

  values(): readonly T[] {
    return this.list;
  }
}

const innerOf = <K, V>(map: Map<string, Map<K, V>>, key: string): Map<K, V> => {
  const inner = map.get(key) ?? new Map<K, V>();
  map.set(key, inner);
  return inner;
};
