import { createHash } from 'node:crypto';

const FLUSH_AT = 64 * 1024;

/** The log of everything that happened: its hash names the run, its lines explain it. */
export class Trace {
  private readonly hash = createHash('sha256');
  private buffer = '';
  private readonly kept: string[] = [];
  private written = 0;

  /** @param keep lines are kept for reading, not only hashed */
  constructor(private readonly keep: boolean) {}

  get count(): number {
    return this.written;
  }

  get lines(): readonly string[] {
    return this.kept;
  }

  log(atMs: number, line: string): void {
    const text = `${(atMs / 1000).toFixed(3)} ${line}`;
    this.written += 1;
    this.buffer += `${text}\n`;
    if (this.buffer.length > FLUSH_AT) this.flush();
    if (this.keep) this.kept.push(text);
  }

  /** SHA-256 over all lines, hex; ends the trace. */
  digest(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  private flush(): void {
    this.hash.update(this.buffer);
    this.buffer = '';
  }
}
