import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { KeyedState } from '../domain/assessment.js';
import type { DetectorState } from '../domain/detector-state.js';
import {
  type HealthSnapshot,
  HealthSnapshots,
  type MeasuredHealth,
  type StoredTransition,
} from '../domain/health-snapshot.port.js';
import { OVERRIDE_COLUMNS, type OverrideRow, toOverride } from './health.rows.js';

@Injectable()
export class HealthSnapshotsRepository extends HealthSnapshots {
  constructor(private readonly database: Database) {
    super();
  }

  async read(): Promise<HealthSnapshot> {
    const measured = await this.database.rows<MeasuredHealth>(
      `select platform, region, capability, state, since, reason, ramp_step as "rampStep" from platform_health`,
    );
    const overrides = await this.database.rows<OverrideRow>(
      `select ${OVERRIDE_COLUMNS} from override where ended_at is null and expires_at > statement_timestamp()`,
    );
    const self = await this.database.row<{ isSuspect: boolean }>(
      `select self->>'suspectSinceMs' is not null as "isSuspect" from health_cursor`,
    );
    return { measured, overrides: overrides.map(toOverride), isSelfSuspect: self?.isSuspect ?? false };
  }

  async detectorsOf(platform: string): Promise<KeyedState[]> {
    const rows = await this.database.rows<Omit<KeyedState, 'detector'> & { statistic: DetectorState }>(
      `select platform, region, capability, statistic from platform_health where platform = $1
        order by region, capability`,
      [platform],
    );
    return rows.map(({ statistic, ...key }) => ({ ...key, detector: statistic }));
  }

  async transitionsOf(
    of: { readonly platform: string } | { readonly incidentId: string },
    limit: number,
  ): Promise<StoredTransition[]> {
    const [condition, value] = 'platform' in of ? ['platform = $1', of.platform] : ['incident_id = $1', of.incidentId];
    const rows = await this.database.rows<Omit<StoredTransition, 'incidentId'> & { incidentId: string | null }>(
      `select platform, region, capability, from_state as "from", to_state as "to", reason, statistic, samples,
              thresholds, config_hash as "configHash", incident_id as "incidentId", at
         from transition where ${condition} order by at desc, id desc limit $2`,
      [value, limit],
    );
    return rows.map(({ incidentId, ...row }) => ({ ...row, ...(incidentId === null ? {} : { incidentId }) }));
  }
}
