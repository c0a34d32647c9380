import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { StoredSignal } from '../domain/assessment.js';
import type { Incident } from '../domain/incident.js';
import type { Override } from '../domain/override.js';

/** `{ [name]: value }`, or nothing when the database has null. */
const present = <Name extends string, T>(name: Name, value: T | null): { [N in Name]?: T } =>
  value === null ? {} : ({ [name]: value } as { [N in Name]?: T });

export interface SignalRow {
  readonly id: string;
  readonly xid: string;
  readonly platform: PlatformName;
  readonly region: string;
  readonly capability: StoredSignal['capability'];
  readonly workspaceId: string | null;
  readonly accountId: string | null;
  readonly targetId: string | null;
  readonly source: StoredSignal['source'];
  readonly verdict: StoredSignal['verdict'];
  readonly errorClass: string | null;
  readonly latencyMs: number | null;
  readonly at: Date;
}

export const SIGNAL_COLUMNS = `id, xid::text as xid, platform, region, capability, workspace_id as "workspaceId",
  account_id as "accountId", target_id as "targetId", source, verdict, error_class as "errorClass",
  latency_ms as "latencyMs", at`;

export const toSignal = (row: SignalRow): StoredSignal => ({
  platform: row.platform,
  region: row.region,
  capability: row.capability,
  source: row.source,
  verdict: row.verdict,
  at: row.at,
  workspaceId: row.workspaceId ?? undefined,
  accountId: row.accountId ?? undefined,
  targetId: row.targetId ?? undefined,
  errorClass: row.errorClass ?? undefined,
  latencyMs: row.latencyMs ?? undefined,
});

export interface IncidentRow {
  readonly id: string;
  readonly platform: PlatformName;
  readonly region: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly reopenedAt: Date | null;
  readonly reopenedCount: number;
  readonly worstState: Incident['worstState'];
  readonly reason: string;
  readonly capabilities: readonly string[];
}

export const INCIDENT_COLUMNS = `id, platform, region, opened_at as "openedAt", closed_at as "closedAt",
  reopened_at as "reopenedAt", reopened_count as "reopenedCount", worst_state as "worstState", reason, capabilities`;

export const toIncident = (row: IncidentRow): Incident => ({
  id: row.id,
  platform: row.platform,
  region: row.region,
  openedAt: row.openedAt,
  reopenedCount: row.reopenedCount,
  worstState: row.worstState,
  reason: row.reason,
  capabilities: row.capabilities,
  ...present('closedAt', row.closedAt),
  ...present('reopenedAt', row.reopenedAt),
});

export interface OverrideRow {
  readonly id: string;
  readonly scope: Override['scope'];
  readonly workspaceId: string | null;
  readonly platform: PlatformName;
  readonly region: string | null;
  readonly state: Override['state'];
  readonly reason: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const OVERRIDE_COLUMNS = `id, scope, workspace_id as "workspaceId", platform, region, state, reason, author,
  created_at as "createdAt", expires_at as "expiresAt"`;

export const toOverride = (row: OverrideRow): Override => ({
  id: row.id,
  scope: row.scope,
  platform: row.platform,
  state: row.state,
  reason: row.reason,
  author: row.author,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  ...present('workspaceId', row.workspaceId),
  ...present('region', row.region),
});
