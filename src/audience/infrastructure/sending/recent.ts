/** The last few values that were asked for, so that making them again is rare and keeping them is bounded. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly limit: number) {}

  /** The value of `key`, made when it is not there. */
  get(key: string, make: () => Value): Value {
    const value = this.values.get(key) ?? make();
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.limit) this.values.delete(this.values.keys().next().value ?? key);
    return value;
  }
}
