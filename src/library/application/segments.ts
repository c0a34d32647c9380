/** Cuts a stream of chunks into stretches of at most `maxBytes`, read one after the other. */
export class Segments {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer | undefined;

  constructor(
    source: AsyncIterable<Buffer>,
    private readonly maxBytes: number,
  ) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** True when no byte is left; waits for the next one. */
  async areOver(): Promise<boolean> {
    while (this.rest === undefined || this.rest.length === 0) {
      const step = await this.chunks.next();
      if (step.done) return true;
      this.rest = step.value;
    }
    return false;
  }

  /** The next stretch; read it to its end before asking again. */
  async *next(): AsyncIterable<Buffer> {
    for (let left = this.maxBytes; left > 0 && !(await this.areOver());) {
      const chunk = this.rest as Buffer;
      const taken = chunk.subarray(0, left);
      this.rest = chunk.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }
}
