import { nextLookAt, retryLookAt } from '../../../publishing/domain/metrics/metric-schedule.js';
import type { ViewsRead } from '../health/health-source.js';
import type { Copy } from '../world/copy.js';
import type { Desk } from './desk.js';

interface Read {
  readonly copy: Copy;
  readonly targetId: string;
  readonly publishedAt: Date;
  readonly failures: number;
  /** The last good one. */
  readonly before: ViewsRead['before'];
}

/** Reads the counters of live posts by the product's own schedule. */
export class ViewReads {
  private readonly begun = new Set<string>();

  constructor(private readonly desk: Desk) {}

  /** A target became live. */
  begin(id: string): void {
    const { publishedAt, platformPostId } = this.desk.target(id);
    const copy = this.desk.stage.world.copyOf(platformPostId ?? '');
    if (!copy || !publishedAt || this.begun.has(id)) return;
    this.begun.add(id);
    this.plan(
      { copy, publishedAt, targetId: id, failures: 0, before: undefined },
      nextLookAt(publishedAt, this.desk.stage.now(), 1),
    );
  }

  private plan(read: Read, at: Date | undefined): void {
    const { stage } = this.desk;
    // After its end a trace has nothing more to show: reads would only keep the clock running.
    if (at && stage.msOf(at) < stage.endMs) stage.at(stage.msOf(at), () => this.read(read));
  }

  private read(read: Read): void {
    const { stage, health } = this.desk;
    const { copy, publishedAt, failures, targetId } = read;
    const now = stage.now();
    const views = stage.world.views(copy, stage.nowMs);
    if (views === undefined)
      return this.plan({ ...read, failures: failures + 1 }, retryLookAt({ publishedAt, failures }, now, { scale: 1 }));
    const ageMs = now.getTime() - publishedAt.getTime();
    health.counted({ account: copy.account, targetId, ageMs, views, before: read.before });
    this.plan({ ...read, failures: 0, before: { ageMs, views } }, nextLookAt(publishedAt, now, 1));
  }
}
