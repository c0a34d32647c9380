import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** Lateness of intents, ms after the promised instant. */
export interface Lateness {
  readonly p50LatenessMs: number;
  readonly p99LatenessMs: number;
  readonly p999LatenessMs: number;
  readonly maxLatenessMs: number;
  /** The same by the instant of the commit instead of the row's own. */
  readonly maxDurableMs: number;
}

/** Of the targets in `bench_due`, the first intent of each. */
const LATENESS = `
  with late as (
    select distinct on (b.id) extract(epoch from i.at - b.due) * 1000 as ms,
           extract(epoch from pg_xact_commit_timestamp(i.xmin) - b.due) * 1000 as durable
      from bench_due b join intent i on i.target_id = b.id and i.taken_by = 'publish' order by b.id, i.version)
  select percentile_disc(0.5) within group (order by ms)::float8 as "p50LatenessMs",
         percentile_disc(0.99) within group (order by ms)::float8 as "p99LatenessMs",
         percentile_disc(0.999) within group (order by ms)::float8 as "p999LatenessMs",
         max(ms)::float8 as "maxLatenessMs", max(durable)::float8 as "maxDurableMs" from late`;

/** What became of the targets in `bench_due`. */
export interface Fates {
  /**
   * Targets with more than one irreversible call: by the adapter's own file, or by the journal where the earlier one was
   * not shown to have done nothing.
   */
  readonly duplicates: number;
  /** Targets that never got an intent. */
  readonly lost: number;
  /** Targets that did not end as published. */
  readonly stuck: number;
  /** Intents that came too early. */
  readonly early: number;
}

const FATES = `
  select count(*) filter (where not exists (select 1 from intent i where i.target_id = b.id and i.taken_by = 'publish'))::int as lost,
         count(*) filter (where t.status <> 'published')::int as stuck,
         count(*) filter (where (select count(*) from attempt a where a.target_id = b.id and a.commit_started_at is not null
                                    and a.state <> 'disproved') > 1)::int
           as "calledTwice",
         count(*) filter (where exists (select 1 from intent i where i.target_id = b.id and i.taken_by = 'publish' and i.at < b.due))::int as early
    from bench_due b join target t on t.id = b.id`;

const oneDecimal = (ms: number): number => Math.round(ms * 10) / 10;

export const readLateness = async (db: pg.Client): Promise<Lateness> => {
  const { rows } = await db.query<Lateness>(LATENESS);
  const [late] = rows;
  if (!late) throw new Error('No intent was written.');
  return {
    p50LatenessMs: oneDecimal(late.p50LatenessMs),
    p99LatenessMs: oneDecimal(late.p99LatenessMs),
    p999LatenessMs: oneDecimal(late.p999LatenessMs),
    maxLatenessMs: oneDecimal(late.maxLatenessMs),
    maxDurableMs: oneDecimal(late.maxDurableMs),
  };
};

export const readFates = async (db: pg.Client, truthFile: string): Promise<Fates> => {
  const { rows } = await db.query<Omit<Fates, 'duplicates'> & { calledTwice: number }>(FATES);
  const { calledTwice = 0, ...rest } = rows[0] ?? { lost: 0, stuck: 0, early: 0 };
  const calls = (await readFile(truthFile, 'utf8').catch(() => '')).split('\n').filter((marker) => marker !== '');
  return { ...rest, duplicates: Math.max(calledTwice, calls.length - new Set(calls).size) };
};

/** Keeps which targets are meant, so that nothing has to be looked for among a million. */
export const rememberDue = async (db: pg.Client, since: Date): Promise<void> => {
  await db.query(`create table bench_due as select id, scheduled_at as due from target where false`);
  await db.query(`insert into bench_due select id, scheduled_at from target where created_at >= $1`, [since]);
  await db.query(`analyze bench_due`);
};

const LOOK_EVERY_MS = 1_000;
/** Longer than between two looks at a post whose caller was killed: such a target moves again only then. */
const NOTHING_HAPPENS_MS = 180_000;

const COUNTS = {
  intents: `select count(*)::int as done from bench_due b where exists (select 1 from intent i where i.target_id = b.id)`,
  published: `select count(*)::int as done from attempt where state in ('published', 'adopted')`,
};

/** Waits until so many are there, or nothing has happened for 30 s. @returns whether all are */
export const untilCounted = async (db: pg.Client, what: keyof typeof COUNTS, count: number): Promise<boolean> => {
  let [before, movedAt] = [-1, Date.now()];
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const { rows } = await db.query<{ done: number }>(COUNTS[what]);
    const done = rows[0]?.done ?? 0;
    if (done >= count) return true;
    if (done > before) [before, movedAt] = [done, Date.now()];
    else if (Date.now() - movedAt > NOTHING_HAPPENS_MS) return false;
  }
};
