import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import { admissionStepOf } from '../domain/admission.js';
import { Assessments, type SignalBatch } from '../domain/assessments.port.js';
import { type DetectorConfig, hashOf } from '../domain/detector-config.js';
import { type DetectorState, revive } from '../domain/detector-state.js';
import { reviveSelf, type SelfState } from '../domain/self-suspect.js';
import type { KeyedState, KeyedTransition } from '../domain/keyed.js';
import { SIGNAL_COLUMNS, type SignalRow, toSignal } from './health.rows.js';

@Injectable()
export class AssessmentsRepository extends Assessments {
  constructor(private readonly database: Database) {
    super();
  }

  async take(limit: number, tx: Tx): Promise<SignalBatch | undefined> {
    const cursor = await this.database.row<{ xid: string; id: string; now: Date; self: Partial<SelfState> }>(
      `select last_xid::text as xid, last_id as id, clock_timestamp() as now, self from health_cursor
        for update skip locked`,
      [],
      tx,
    );
    if (!cursor) return undefined;
    // Serial ids skip late commits: what a running transaction may still add comes later, in its place.
    const rows = await this.database.rows<SignalRow>(
      `select ${SIGNAL_COLUMNS} from signal
        where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id limit $3`,
      [cursor.xid, cursor.id, limit],
      tx,
    );
    const last = rows.at(-1);
    if (last)
      await this.database.affected(
        `update health_cursor set last_xid = $1::xid8, last_id = $2::bigint`,
        [last.xid, last.id],
        tx,
      );
    return {
      signals: rows.map(toSignal),
      hasMore: rows.length === limit,
      now: cursor.now,
      self: reviveSelf(cursor.self),
    };
  }

  async load(config: DetectorConfig, tx: Tx): Promise<KeyedState[]> {
    const rows = await this.database.rows<
      Omit<KeyedState, 'detector'> & { statistic: Partial<DetectorState>; since: Date }
    >(`select platform, region, capability, statistic, since from platform_health`, [], tx);
    return rows.map(({ statistic, since, ...key }) => ({
      ...key,
      detector: revive(config, since, statistic),
    }));
  }

  async save(states: readonly KeyedState[], config: DetectorConfig, tx: Tx): Promise<void> {
    if (states.length === 0) return;
    await this.database.affected(
      `insert into platform_health as h (platform, region, capability, state, since, statistic, reason, dwell_until,
                                         ramp_step, canary_left, processed_xid, config_hash)
       select s.*, case when s.ramp_step > 0 then 1 else 0 end, c.last_xid, $10
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::jsonb[], $7::text[],
                     $8::timestamptz[], $9::smallint[])
              as s(platform, region, capability, state, since, statistic, reason, dwell_until, ramp_step),
              health_cursor c
       on conflict (platform, region, capability) do update
          set state = excluded.state, since = excluded.since, statistic = excluded.statistic,
              reason = excluded.reason, dwell_until = excluded.dwell_until, ramp_step = excluded.ramp_step,
              canary_left = case when h.state = excluded.state and h.ramp_step = excluded.ramp_step
                                 then h.canary_left else excluded.canary_left end,
              processed_xid = excluded.processed_xid, config_hash = excluded.config_hash, version = h.version + 1`,
      [
        states.map(({ platform }) => platform),
        states.map(({ region }) => region),
        states.map(({ capability }) => capability),
        states.map(({ detector }) => detector.state),
        states.map(({ detector }) => new Date(detector.sinceMs)),
        states.map(({ detector }) => JSON.stringify(detector)),
        states.map(({ detector }) => detector.reason),
        states.map(({ detector }) => (detector.dwellUntilMs > 0 ? new Date(detector.dwellUntilMs) : null)),
        states.map(({ detector }) => admissionStepOf(detector)),
        hashOf(config),
      ],
      tx,
    );
  }

  async saveSelf(self: SelfState, tx: Tx): Promise<void> {
    await this.database.affected(`update health_cursor set self = $1`, [JSON.stringify(self)], tx);
  }

  async appendTransitions(
    transitions: readonly (KeyedTransition & { readonly incidentId?: string | undefined })[],
    configHash: string,
    tx: Tx,
  ): Promise<void> {
    await this.database.affected(
      `insert into transition (platform, region, capability, from_state, to_state, reason, statistic, samples,
                               thresholds, incident_id, at, config_hash)
       select t.*, $12 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[],
                                   $8::jsonb[], $9::jsonb[], $10::uuid[], $11::timestamptz[]) as t`,
      [
        transitions.map(({ platform }) => platform),
        transitions.map(({ region }) => region),
        transitions.map(({ capability }) => capability),
        transitions.map(({ transition }) => transition.from),
        transitions.map(({ transition }) => transition.to),
        transitions.map(({ transition }) => transition.reason),
        transitions.map(({ transition }) => JSON.stringify(transition.statistic)),
        transitions.map(({ transition }) => JSON.stringify(transition.samples)),
        transitions.map(({ transition }) => JSON.stringify(transition.thresholds)),
        transitions.map(({ incidentId }) => incidentId ?? null),
        transitions.map(({ transition }) => new Date(transition.atMs)),
        configHash,
      ],
      tx,
    );
  }
}
