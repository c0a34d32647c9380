/** So many at most in one statement. */
const BATCH = 1_000;
/** Connections that one kind of batch uses at once. */
const AT_ONCE = 2;

/**
 * Work done in batches, first come first served: at once while fewer than two batches are under way, else together
 * with what comes meanwhile.
 */
export class Batches<T> {
  private queue: T[] = [];
  private head = 0;
  private running = 0;
  private idleListeners: (() => void)[] = [];

  /**
   * @param work must not reject
   * @param mayStart false: the batch waits until `kick`
   */
  constructor(
    private readonly work: (batch: readonly T[]) => Promise<void>,
    private readonly mayStart: () => boolean = () => true,
  ) {}

  /** How many wait to be begun. */
  get waiting(): number {
    return this.queue.length - this.head;
  }

  push(items: readonly T[]): void {
    for (const item of items) this.queue.push(item);
    this.kick();
  }

  /** Begins what may begin now. */
  kick(): void {
    while (this.running < AT_ONCE && this.waiting > 0 && this.mayStart()) {
      this.running += 1;
      void this.work(this.take()).then(() => this.endOne());
    }
  }

  /** Resolves when nothing waits or runs. */
  async whenIdle(): Promise<void> {
    while (this.waiting > 0 || this.running > 0) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  private endOne(): void {
    this.running -= 1;
    this.kick();
    if (this.running > 0 || this.waiting > 0) return;
    for (const listener of this.idleListeners.splice(0)) listener();
  }

  private take(): readonly T[] {
    const batch = this.queue.slice(this.head, this.head + BATCH);
    this.head += batch.length;
    if (this.head === this.queue.length) [this.queue, this.head] = [[], 0];
    return batch;
  }
}
