import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Heard } from '../../domain/radar/firehose-tally.js';
import type { RadarPoint } from '../../domain/radar/radar-watch.js';
import { RadarSeries } from '../../domain/radar/radar.ports.js';

const POINT = `p.at, p.value, p.covered_seconds as "coveredSeconds"`;
const HOUR_SECONDS = 3_600;

@Injectable()
export class RadarSeriesRepository extends RadarSeries {
  constructor(private readonly database: Database) {
    super();
  }

  async putRank(watchId: string, at: Date, value: number | null, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into radar_point (watch_id, at, value, covered_seconds) values ($1, $2, $3, 0)
       on conflict (watch_id, at) do update set value = excluded.value`,
      [watchId, at, value],
      tx,
    );
  }

  async add({ counts, covers }: Omit<Heard, 'cursorUs'>, watchIds: readonly string[], tx: Tx): Promise<void> {
    // An hour without mentions is a zero, which is worth as much as a count.
    const heard = watchIds.flatMap((watchId) => covers.map((cover) => ({ watchId, ...cover })));
    await this.database.affected(
      `insert into radar_point as p (watch_id, at, value, covered_seconds)
       select h.watch_id, h.at, sum(h.value), least(sum(h.seconds), ${HOUR_SECONDS})
         from unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::real[]) as h(watch_id, at, value, seconds)
         join radar_watch w on w.id = h.watch_id
        group by h.watch_id, h.at order by h.watch_id, h.at
       on conflict (watch_id, at) do update
          set value = coalesce(p.value, 0) + excluded.value,
              covered_seconds = least(p.covered_seconds + excluded.covered_seconds, ${HOUR_SECONDS})`,
      [
        [...heard.map(({ watchId }) => watchId), ...counts.map(({ watchId }) => watchId)],
        [...heard.map(({ hourAt }) => hourAt), ...counts.map(({ hourAt }) => hourAt)],
        [...heard.map(() => 0), ...counts.map(({ count }) => count)],
        [...heard.map(({ seconds }) => seconds), ...counts.map(() => 0)],
      ],
      tx,
    );
  }

  points(watchId: string, since: Date, tx: Tx): Promise<RadarPoint[]> {
    const sql = `select ${POINT} from radar_point p where p.watch_id = $1 and p.at >= $2 order by p.at`;
    return this.database.rows<RadarPoint>(sql, [watchId, since], tx);
  }

  async allPoints(since: Date, mentionsSince: Date): Promise<ReadonlyMap<string, readonly RadarPoint[]>> {
    const rows = await this.database.rows<RadarPoint & { watchId: string }>(
      `select p.watch_id as "watchId", ${POINT}
         from radar_watch w
         join radar_point p on p.watch_id = w.id
          and p.at >= case when w.kind = 'mentions' then least($1::timestamptz, $2::timestamptz) else $1 end
        order by p.watch_id, p.at`,
      [since, mentionsSince],
    );
    return Map.groupBy(rows, ({ watchId }) => watchId);
  }

  async cursor(): Promise<number | undefined> {
    const sql = `select time_us::text as "timeUs" from radar_cursor where stream = 'firehose'`;
    const row = await this.database.row<{ timeUs: string }>(sql);
    return row && Number(row.timeUs);
  }

  async moveCursor(fromUs: number | undefined, toUs: number, tx: Tx): Promise<boolean> {
    const moved = await this.database.affected(
      `insert into radar_cursor as c (stream, time_us) values ('firehose', $2)
       on conflict (stream) do update set time_us = excluded.time_us where c.time_us = $1`,
      [fromUs ?? null, toUs],
      tx,
    );
    return moved > 0;
  }

  purge(olderThanMs: number): Promise<number> {
    return this.database.affected(`delete from radar_point where at < statement_timestamp() - $1 * interval '1 ms'`, [
      olderThanMs,
    ]);
  }
}
