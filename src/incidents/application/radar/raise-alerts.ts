import { Injectable, Logger } from '@nestjs/common';
import { AdviseHealth } from '../../../health/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { CHART_DEPTH, chartUrl } from '../../domain/radar/app-chart.js';
import { judgeMentions } from '../../domain/radar/mention-rate.js';
import { JUDGE_WITHIN_MS } from '../../domain/radar/radar-timing.js';
import type { RadarAlert, RadarJudgement, RadarPoint, RadarWatch } from '../../domain/radar/radar-watch.js';
import { RadarAlerts, RadarSeries } from '../../domain/radar/radar.ports.js';
import { judgeRank } from '../../domain/radar/rank-jump.js';

/** Holds a series against its own past: one alert per jump, told once; a crowd of complaints is also a word to health. */
@Injectable()
export class RaiseAlerts {
  private readonly logger = new Logger('Radar');

  constructor(
    private readonly series: RadarSeries,
    private readonly alerts: RadarAlerts,
    private readonly events: EventLog,
    private readonly advise: AdviseHealth,
    private readonly clock: Clock,
  ) {}

  async judge(watch: RadarWatch, tx: Tx): Promise<void> {
    const now = this.clock.now();
    const open = await this.alerts.openOf(watch.id, tx);
    const points = await this.series.points(watch.id, plusMs(now, -JUDGE_WITHIN_MS), tx);
    const judgement = judgementOf(watch, points, now, open);
    if (judgement.kind === 'calm' && open) await this.alerts.close(open.id, now, tx);
    if (judgement.kind !== 'alarm' || open) return;
    const alert = await this.alerts.open(watch.id, judgement.alarm, now, tx);
    if (alert) await this.tell(watch, alert, tx);
  }

  private async tell(watch: RadarWatch, { id: alertId, summary }: RadarAlert, tx: Tx): Promise<void> {
    const { platform, region, subject, title } = watch;
    const payload = {
      watchId: watch.id,
      alertId,
      summary,
      source: subject.kind,
      ...(platform === undefined ? {} : { platform }),
      ...(region === undefined ? {} : { region }),
      ...lookAt(watch),
    };
    await this.events.append([{ workspaceId: null, type: 'radar.alert', subjectId: watch.id, payload }], tx);
    if (subject.kind === 'mentions' && platform !== undefined)
      await this.advise.trouble({ platform, region, source: `radar:${title}` }, tx);
    this.logger.warn({ watchId: watch.id, alertId }, summary);
  }
}

/** Where a person can look; the firehose has no page. */
const lookAt = ({ subject }: RadarWatch): { url?: string } => {
  if (subject.kind === 'app_rank') return { url: chartUrl(subject) };
  return subject.url === undefined ? {} : { url: subject.url };
};

const judgementOf = (
  { subject, title }: RadarWatch,
  points: readonly RadarPoint[],
  now: Date,
  open: RadarAlert | undefined,
): RadarJudgement => {
  switch (subject.kind) {
    case 'app_rank':
      return judgeRank({ app: title, country: subject.country, depth: CHART_DEPTH, points }, open);
    case 'mentions':
      return judgeMentions(title, points, now);
  }
};
