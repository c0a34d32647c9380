type Key = string | number;

/** Values by three keys, in the order in which they came; no look builds a string, since some are made by the million. */
export class KeyIndex<T> {
  private readonly byFirst = new Map<Key, Map<Key, Map<Key, T>>>();
  private readonly list: T[] = [];

  get(first: Key, second: Key, third: Key): T | undefined {
    return this.byFirst.get(first)?.get(second)?.get(third);
  }

  /** @param value stands where none stood yet @returns it */
  add(first: Key, second: Key, third: Key, value: T): T {
    innerOf(innerOf(this.byFirst, first), second).set(third, value);
    this.list.push(value);
    return value;
  }

  /** The value there, made when there is none yet. */
  getOrAdd(first: Key, second: Key, third: Key, make: () => T): T {
    return this.get(first, second, third) ?? this.add(first, second, third, make());
  }

  values(): readonly T[] {
    return this.list;
  }
}

const innerOf = <K, V>(map: Map<K, Map<K, V>>, key: K): Map<K, V> => {
  const inner = map.get(key) ?? new Map<K, V>();
  map.set(key, inner);
  return inner;
};
