import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { RadarSubject, RadarWatch, RadarWatchDraft } from '../../domain/radar/radar-watch.js';
import { type KnownWatch, type LookOutcome, RadarWatches, type WatchMemory } from '../../domain/radar/radar.ports.js';

/** One screen of charts, and one poller for all of them. */
const MAX_WATCHES = 50;
/** The firehose is listened to; everything else is looked at. */
const IS_LOOKED_AT = `(kind = 'app_rank' or subject ->> 'from' = 'rss')`;

interface WatchRow {
  readonly id: string;
  readonly title: string;
  readonly platform: PlatformName | null;
  readonly region: string | null;
  readonly subject: RadarSubject;
  readonly memory: WatchMemory;
  readonly failures: number;
  readonly lookedAt: Date | null;
  readonly error: string | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, title, platform, region, subject, memory, failures, looked_at as "lookedAt", error,
  created_at as "createdAt"`;

const toWatch = ({ platform, region, lookedAt, error, ...row }: WatchRow): KnownWatch => ({
  ...row,
  ...(platform === null ? {} : { platform }),
  ...(region === null ? {} : { region }),
  ...(lookedAt === null ? {} : { lookedAt }),
  ...(error === null ? {} : { error }),
});

@Injectable()
export class RadarWatchesRepository extends RadarWatches {
  constructor(private readonly database: Database) {
    super();
  }

  async insert({ title, platform, region, subject }: RadarWatchDraft, tx: Tx): Promise<KnownWatch> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended('radar_watch.insert', 0))`, [], tx);
    const count = await this.database.row<{ n: number }>(`select count(*)::int as n from radar_watch`, [], tx);
    if ((count?.n ?? 0) >= MAX_WATCHES) throw tooMany();
    const row = await this.database.row<WatchRow>(
      `insert into radar_watch (id, kind, title, platform, region, subject)
       values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
      [newId(), subject.kind, title, platform ?? null, region ?? null, JSON.stringify(subject)],
      tx,
    );
    return toWatch(row as WatchRow);
  }

  async remove(id: string, tx: Tx): Promise<RadarWatch | undefined> {
    const sql = `delete from radar_watch where id = $1 returning ${COLUMNS}`;
    const row = await this.database.row<WatchRow>(sql, [id], tx);
    return row && toWatch(row);
  }

  async all(): Promise<KnownWatch[]> {
    const sql = `select ${COLUMNS} from radar_watch order by created_at, id`;
    return (await this.database.rows<WatchRow>(sql)).map(toWatch);
  }

  async onFirehose(): Promise<KnownWatch[]> {
    const sql = `select ${COLUMNS} from radar_watch where not ${IS_LOOKED_AT} order by created_at, id`;
    return (await this.database.rows<WatchRow>(sql)).map(toWatch);
  }

  async takeDue(limit: number, leaseMs: number): Promise<KnownWatch[]> {
    const rows = await this.database.rows<WatchRow>(
      `update radar_watch set next_at = clock_timestamp() + $2 * interval '1 ms'
        where id in (select id from radar_watch where next_at <= clock_timestamp() and ${IS_LOOKED_AT}
                      order by next_at limit $1 for update skip locked)
       returning ${COLUMNS}`,
      [limit, leaseMs],
    );
    return rows.map(toWatch);
  }

  async settle(id: string, { memory, failures, error, lookedAt, nextAt }: LookOutcome, tx: Tx): Promise<boolean> {
    const settled = await this.database.affected(
      `update radar_watch set memory = $2, failures = $3, error = $4, looked_at = $5, next_at = $6 where id = $1`,
      [id, JSON.stringify(memory), Math.min(failures, 30_000), error ?? null, lookedAt, nextAt],
      tx,
    );
    return settled > 0;
  }
}

const tooMany = () =>
  new DomainError('conflict', 'radar.too_many', `There are ${MAX_WATCHES} watches already. Remove one first.`, {
    limit: MAX_WATCHES,
  });
