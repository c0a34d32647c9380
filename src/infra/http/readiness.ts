import { Injectable } from '@nestjs/common';

/** @returns what stands in the way, as a sentence; undefined when nothing does */
export type ReadinessCheck = () => Promise<string | undefined>;

/** What rooms want to be asked before this process calls itself ready. */
@Injectable()
export class Readiness {
  private readonly checks: ReadinessCheck[] = [];

  add(check: ReadinessCheck): void {
    this.checks.push(check);
  }

  /** The first obstacle. */
  async obstacle(): Promise<string | undefined> {
    for (const check of this.checks) {
      const found = await check();
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
