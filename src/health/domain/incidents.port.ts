import type { Tx } from '../../kernel/transaction.js';
import type { Incident } from './incident.js';

export interface IncidentFilter {
  readonly platform?: string | undefined;
  readonly isOpen?: boolean | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The spans of bad health; at most one open per platform and region. */
export abstract class Incidents {
  /** The open incident, made or made worse by this. @returns its id */
  abstract open(trouble: Omit<Incident, 'id' | 'closedAt'>, tx: Tx): Promise<string>;
  /** Ends the open one. @returns its id; undefined when none is open */
  abstract close(platform: string, region: string, closedAt: Date, tx: Tx): Promise<string | undefined>;
  abstract openOne(platform: string, region: string, tx: Tx): Promise<string | undefined>;
  abstract get(id: string): Promise<Incident | undefined>;
  /** Newest first; `at` is the key of the page. */
  abstract list(filter: IncidentFilter): Promise<(Incident & { readonly at: string })[]>;
}
