import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { DueTarget, Way } from '../../domain/targets/target-record.js';

/** A row of DUE_COLUMNS. */
export interface DueRow {
  readonly target_id: string;
  readonly version: number;
  readonly workspace_id: string;
  readonly account_id: string;
  readonly platform: PlatformName;
  readonly region: string;
  readonly external_id: string;
  readonly scheduled_at: Date;
  readonly due_at: Date;
  readonly stale_at: Date;
  readonly tries: number;
}

/** Rows of one statement as targets; what they have in common is kept once, for 100,000 may be held at a time. */
export const toDueTargets = <Row extends DueRow>(rows: readonly Row[]): ReadonlyMap<string, DueTarget> => {
  const ways = new Map<string, Way>();
  const instants = new Map<number, Date>();
  const same = (at: Date): Date => instants.get(at.getTime()) ?? (instants.set(at.getTime(), at), at);
  return new Map(
    rows.map((row) => {
      const { workspace_id: workspaceId, platform, region, external_id: externalId } = row;
      const way = ways.get(row.account_id) ?? { workspaceId, platform, region, externalId };
      ways.set(row.account_id, way);
      const target: DueTarget = {
        id: row.target_id,
        version: row.version,
        workspaceId: way.workspaceId,
        accountId: row.account_id,
        platform: way.platform,
        scheduledAt: same(row.scheduled_at),
        dueAt: same(row.due_at),
        staleAt: same(row.stale_at),
        tries: row.tries,
        way,
      };
      return [row.target_id, target];
    }),
  );
};
