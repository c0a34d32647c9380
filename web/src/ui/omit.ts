/** A record without one of its names. */
export const omit = <Kept extends object, Name extends keyof Kept>(from: Kept, name: Name): Omit<Kept, Name> =>
  Object.fromEntries(Object.entries(from).filter(([known]) => known !== name)) as Omit<Kept, Name>;
