import { logNormalAt } from '../../domain/draws.js';
import { msOf } from '../trace/behaviour.js';
import type { OutageTrace, Spread } from '../trace/trace.js';
import type { DrawLine } from './draw-book.js';

/** Our own connection: where it is cut nothing reaches anybody. Times in ms of the trace's clock. */
export class OwnLine {
  private readonly cuts: readonly { readonly fromMs: number; readonly endMs: number }[];
  private readonly longest = new Map<Spread, number>();

  constructor(faults: OutageTrace['localFaults'], traceEndMs: number) {
    this.cuts = faults.map(({ fromMinute, toMinute }) => ({
      fromMs: msOf(fromMinute),
      endMs: Math.min(traceEndMs, msOf(toMinute)),
    }));
  }

  isCut(atMs: number): boolean {
    return this.cuts.some(({ fromMs, endMs }) => fromMs <= atMs && atMs < endMs);
  }

  /** When a cut begins while something is on its way. */
  cutWithin(fromMs: number, toMs: number): number | undefined {
    return this.cuts.find((cut) => fromMs < cut.fromMs && cut.fromMs <= toMs)?.fromMs;
  }

  /** Whether a cut begins while an answer is on its way; how long it would take is worked out only if one might. */
  isCutMeanwhile(latency: DrawLine, spread: Spread, nowMs: number): boolean {
    if (this.cutWithin(nowMs, nowMs + this.longestOf(spread)) !== undefined)
      return this.cutWithin(nowMs, nowMs + Math.round(logNormalAt(latency.uniform(), spread))) !== undefined;
    latency.skip();
    return false;
  }

  private longestOf(spread: Spread): number {
    const longest = this.longest.get(spread) ?? Math.round(logNormalAt(1, spread));
    this.longest.set(spread, longest);
    return longest;
  }
}
