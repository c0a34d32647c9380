import { Injectable } from '@nestjs/common';
import type { Signal } from '../../../health/domain/signal.js';
import { SignalRecorder } from '../../../health/index.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { type LookDue, type LookResult, MetricLooks } from '../../domain/metrics/metric-looks.port.js';
import { ViewsHistories } from '../../domain/metrics/views-histories.port.js';
import { judgeLooks, type ViewsLook } from '../../domain/metrics/views-history.policy.js';
import { Engine } from '../engine.js';

/** What one account's turn of looks brought. */
export interface LooksOfAccount {
  readonly due: readonly LookDue[];
  readonly results: readonly LookResult[];
  /** Where the account is at home; undefined: it is gone, and speaks for no region. */
  readonly region: string | undefined;
}

type Said = Pick<Signal, 'capability' | 'targetId' | 'verdict'>;

/**
 * Stores what looks showed, and what follows for the platform: whether it can be read, and whether views came that
 * should have come. Evidence that no probe must be spent on; no post is moved or repeated by it.
 */
@Injectable()
export class KeepLooks {
  constructor(
    private readonly looks: MetricLooks,
    private readonly histories: ViewsHistories,
    private readonly signals: SignalRecorder,
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  execute({ due, results, region }: LooksOfAccount): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const stored = new Set(await this.looks.store(results, tx));
      const mine = results.filter(({ targetId }) => stored.has(targetId));
      const [owner] = due;
      if (!owner || mine.length === 0) return;
      const said = [...readingOf(mine), ...(await this.judge(owner, viewsIn(due, mine), tx))];
      if (region === undefined) return;
      const { platform, workspaceId, accountId } = owner;
      const whose = { platform, region, workspaceId, accountId, source: 'attempt' } as const;
      await this.signals.record(
        said.map((one) => ({ ...whose, ...one })),
        tx,
      );
    });
  }

  private async judge(owner: LookDue, views: readonly ViewsLook[], tx: Tx): Promise<readonly Said[]> {
    if (views.length === 0) return [];
    const known = await this.histories.lock(owner.accountId, tx);
    const { kept, verdicts } = judgeLooks(known, views, this.engine.settings.timing.scale);
    if (kept && kept !== known) await this.histories.keep(owner, kept, tx);
    return verdicts.map((verdict) => ({ capability: 'counters', ...verdict }));
  }
}

/** One turn is one observation, however many posts it asked for: one answer is enough. */
const readingOf = (results: readonly LookResult[]): readonly Said[] => {
  const readings = results.map(({ reading }) => reading);
  if (readings.includes('good')) return [{ capability: 'read', verdict: 'good' }];
  return readings.includes('bad') ? [{ capability: 'read', verdict: 'bad' }] : [];
};

const viewsIn = (due: readonly LookDue[], results: readonly LookResult[]): readonly ViewsLook[] => {
  const looks = new Map(due.map((look) => [look.targetId, look]));
  return results.flatMap(({ targetId, sample }) => {
    const look = looks.get(targetId);
    if (!look || sample?.views === undefined) return [];
    const { publishedAt, before } = look;
    const { at, views, suspect } = sample;
    return [{ targetId, publishedAt, at, views, suspect, ...(before ? { before } : {}) }];
  });
};
