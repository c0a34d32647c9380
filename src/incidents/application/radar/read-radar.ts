import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import { CHART_DEPTH } from '../../domain/radar/app-chart.js';
import { hourOf } from '../../domain/radar/hour-cover.js';
import { type UsualHour, usualHour } from '../../domain/radar/mention-rate.js';
import { radarChart } from '../../domain/radar/radar-chart.js';
import { JUDGE_WITHIN_MS } from '../../domain/radar/radar-timing.js';
import type { RadarAlert, RadarPoint } from '../../domain/radar/radar-watch.js';
import { type KnownWatch, RadarAlerts, RadarSeries, RadarWatches } from '../../domain/radar/radar.ports.js';

/** One watch as people look at it. */
export interface RadarView {
  readonly watch: KnownWatch;
  readonly points: readonly RadarPoint[];
  /** Of this hour, for mentions; absent while too little is known. */
  readonly usual?: UsualHour;
  readonly alert?: RadarAlert;
}

/** The radar as people look at it. */
@Injectable()
export class ReadRadar {
  constructor(
    private readonly watches: RadarWatches,
    private readonly series: RadarSeries,
    private readonly alerts: RadarAlerts,
    private readonly clock: Clock,
  ) {}

  /** @param hours how far back the series go */
  async all(hours: number): Promise<RadarView[]> {
    const now = this.clock.now();
    const hourAt = hourOf(now.getTime());
    const since = plusMs(now, -hours * HOUR_MS);
    const [watches, standing, points] = await Promise.all([
      this.watches.all(),
      this.alerts.standing(),
      this.series.allPoints(since, plusMs(now, -JUDGE_WITHIN_MS)),
    ]);
    return watches.map((watch) => {
      const known = points.get(watch.id) ?? [];
      const alert = standing.find(({ watchId }) => watchId === watch.id);
      const usual = watch.subject.kind === 'mentions' ? usualHour(known, hourAt) : undefined;
      return {
        watch,
        points: known.filter(({ at }) => at >= since),
        ...(usual ? { usual } : {}),
        ...(alert ? { alert } : {}),
      };
    });
  }

  /** One series as a picture (SVG). @throws DomainError `radar_watch.not_found` */
  async chart(id: string, hours: number): Promise<string> {
    const view = (await this.all(hours)).find(({ watch }) => watch.id === id);
    if (!view) throw notFound('radar_watch', id);
    const to = this.clock.now();
    return radarChart({
      title: view.watch.title,
      kind: view.watch.subject.kind,
      points: view.points,
      from: plusMs(to, -hours * HOUR_MS),
      to,
      depth: CHART_DEPTH,
      levels: levelsOf(view),
    });
  }
}

const levelsOf = ({ alert, usual }: RadarView) => [
  ...(alert ? [{ name: 'alert from', value: alert.threshold }] : []),
  ...(usual ? [{ name: 'usual', value: usual.median }] : []),
];
