/** Keys remembered at once; the one not used for longest is forgotten first, and proves itself again. */
const MAX_KEYS = 50_000;

/** Keys that this process has let in, by the hash they are counted by. */
export class ProvedKeys {
  private readonly ids = new Set<string>();

  constructor(private readonly maxKeys = MAX_KEYS) {}

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    // A Set keeps the order of insertion: deleted and added again, a key stands last.
    this.ids.delete(id);
    this.ids.add(id);
    if (this.ids.size <= this.maxKeys) return;
    const [oldest] = this.ids;
    if (oldest !== undefined) this.ids.delete(oldest);
  }
}
