import { Injectable } from '@nestjs/common';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { PublishingSettings } from '../../publishing-settings.js';

/** Runs at most `concurrency` pieces of work at once; the rest wait their turn, first come first served. */
@Injectable()
export class CallLanes {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private idleListeners: (() => void)[] = [];

  constructor(private readonly settings: PublishingSettings) {}

  /** How many run or wait. */
  get inFlight(): number {
    return this.running + this.waiting.length;
  }

  /** @param _target whose call it is */
  async start<T>(_target: TargetRecord, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.settings.concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.finishOne();
    }
  }

  /** Resolves when nothing runs or waits. */
  async whenIdle(): Promise<void> {
    if (this.inFlight === 0) return;
    await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  private finishOne(): void {
    this.running -= 1;
    if (this.running > 0) return;
    for (const listener of this.idleListeners) listener();
    this.idleListeners = [];
  }
}
