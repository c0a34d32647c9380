import { Injectable } from '@nestjs/common';
import { relocated } from '../../../health/domain/feeds/built-in-feeds.js';
import { untilNextLook } from '../../../health/domain/feeds/feed-timing.js';
import { type FeedAnswer, FeedDoor } from '../../../health/domain/feeds/feeds.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { chartUrl } from '../../domain/radar/app-chart.js';
import { type LookResult, readLook } from '../../domain/radar/read-look.js';
import { LOOK_LEASE_MS } from '../../domain/radar/radar-timing.js';
import { type KnownWatch, RadarSeries, RadarWatches, type WatchMemory } from '../../domain/radar/radar.ports.js';
import { RadarContext } from './radar-context.js';
import { RaiseAlerts } from './raise-alerts.js';

/** Watches looked at in one go. */
const AT_ONCE = 20;

/** Reads the charts and feeds that are due, each document once for all who watch it. */
@Injectable()
export class LookAtRadar {
  constructor(
    private readonly watches: RadarWatches,
    private readonly series: RadarSeries,
    private readonly raise: RaiseAlerts,
    private readonly door: FeedDoor,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RadarContext,
  ) {}

  /** @returns how many watches were looked at */
  async runOnce(): Promise<number> {
    const due = await this.watches.takeDue(AT_ONCE, LOOK_LEASE_MS);
    const byUrl = Map.groupBy(due, (watch) => this.urlOf(watch));
    await Promise.all([...byUrl].map(([url, watches]) => this.read(url, watches)));
    return due.length;
  }

  private async read(url: string, watches: readonly KnownWatch[]): Promise<void> {
    const [first] = watches;
    // "Unchanged" helps only where every watch knows what did not change.
    const isShared = watches.every(({ memory }) => memory.etag === first?.memory.etag && isKnown(memory));
    const { etag, lastModified } = (isShared ? first?.memory : undefined) ?? {};
    const answer = await this.door.read({ url, etag, lastModified });
    for (const watch of watches) await this.keep(watch, answer);
  }

  private async keep(watch: KnownWatch, answer: FeedAnswer): Promise<void> {
    const now = this.context.clock.now();
    const { rank, heard, memory, error }: LookResult = readLook(watch, answer, now);
    const failures = error === undefined ? 0 : watch.failures + 1;
    const retryAfterMs = answer.kind === 'failed' ? answer.retryAfterMs : undefined;
    const { everySeconds, random } = this.context.settings;
    const nextAt = plusMs(now, untilNextLook({ everySeconds, failures, retryAfterMs, random: random() }));
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.watches.settle(watch.id, { memory, failures, error, lookedAt: now, nextAt }, tx))) return;
      if (rank !== undefined) await this.series.putRank(watch.id, now, rank, tx);
      if (heard) await this.series.add(heard, [watch.id], tx);
      if (error === undefined) await this.raise.judge(watch, tx);
    });
  }

  private urlOf({ subject }: KnownWatch): string {
    return subject.kind === 'app_rank'
      ? relocated(chartUrl(subject), this.context.settings.origin)
      : (subject.url ?? '');
  }
}

const isKnown = ({ rank, seen }: WatchMemory): boolean => rank !== undefined || seen !== undefined;
