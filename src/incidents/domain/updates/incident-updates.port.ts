import type { Tx } from '../../../kernel/transaction.js';
import type { IncidentUpdate } from './incident-update.js';

export interface UpdateFilter {
  readonly feature?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** Public words about incidents; append-only. */
export abstract class IncidentUpdates {
  abstract insert(update: Omit<IncidentUpdate, 'at'>, tx: Tx): Promise<IncidentUpdate>;
  /** Newest first: the workspace's own and those for all. `sortKey` is `at` with microseconds. */
  abstract list(
    workspaceId: string,
    incidentId: string,
    filter: UpdateFilter,
  ): Promise<readonly (IncidentUpdate & { readonly sortKey: string })[]>;
  /** The newest of each feature, by its name. */
  abstract latestPerFeature(workspaceId: string, incidentId: string): Promise<readonly IncidentUpdate[]>;
}
