import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RadarAlarm, RadarAlert } from '../../domain/radar/radar-watch.js';
import { RadarAlerts } from '../../domain/radar/radar.ports.js';

type AlertRow = Omit<RadarAlert, 'closedAt'> & { readonly closedAt: Date | null };

const COLUMNS = `a.id, a.watch_id as "watchId", a.opened_at as "openedAt", a.closed_at as "closedAt", a.value,
  a.baseline, a.threshold, a.summary`;

const toAlert = ({ id, watchId, openedAt, closedAt, value, baseline, threshold, summary }: AlertRow): RadarAlert => ({
  id,
  watchId,
  openedAt,
  value,
  baseline,
  threshold,
  summary,
  ...(closedAt === null ? {} : { closedAt }),
});

@Injectable()
export class RadarAlertsRepository extends RadarAlerts {
  constructor(private readonly database: Database) {
    super();
  }

  async openOf(watchId: string, tx: Tx): Promise<RadarAlert | undefined> {
    const sql = `select ${COLUMNS} from radar_alert a where watch_id = $1 and closed_at is null`;
    const row = await this.database.row<AlertRow>(sql, [watchId], tx);
    return row && toAlert(row);
  }

  async standing(): Promise<RadarAlert[]> {
    const sql = `select ${COLUMNS} from radar_alert a where closed_at is null order by opened_at`;
    return (await this.database.rows<AlertRow>(sql)).map(toAlert);
  }

  async open(watchId: string, alarm: RadarAlarm, at: Date, tx: Tx): Promise<RadarAlert | undefined> {
    const { value, baseline, threshold, summary } = alarm;
    const row = await this.database.row<AlertRow>(
      `insert into radar_alert as a (id, watch_id, opened_at, value, baseline, threshold, summary)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (watch_id) where closed_at is null do nothing returning ${COLUMNS}`,
      [newId(), watchId, at, Math.round(value), baseline, threshold, summary],
      tx,
    );
    return row && toAlert(row);
  }

  async close(id: string, at: Date, tx: Tx): Promise<void> {
    await this.database.affected(
      `update radar_alert set closed_at = greatest($2, opened_at) where id = $1 and closed_at is null`,
      [id, at],
      tx,
    );
  }

  async list({ limit, after }: Parameters<RadarAlerts['list']>[0]): ReturnType<RadarAlerts['list']> {
    const rows = await this.database.rows<AlertRow & { title: string; at: string }>(
      `select ${COLUMNS}, w.title, a.opened_at::text as at
         from radar_alert a join radar_watch w on w.id = a.watch_id
        where $1::timestamptz is null or (a.opened_at, a.id) < ($1, $2::uuid)
        order by a.opened_at desc, a.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toAlert(row), title: row.title, at: row.at }));
  }
}
