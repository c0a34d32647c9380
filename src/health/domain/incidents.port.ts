import type { Tx } from '../../kernel/transaction.js';
import type { Incident, Trouble } from './incident.js';

export interface IncidentFilter {
  readonly platform?: string | undefined;
  readonly isOpen?: boolean | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The spans of bad health; at most one open per platform and region. */
export abstract class Incidents {
  /** The key's newest incident, locked until `tx` ends. */
  abstract latest(platform: string, region: string, tx: Tx): Promise<Incident | undefined>;
  /** A new one, with every capability that is in trouble now. @returns its id */
  abstract open(trouble: Trouble, tx: Tx): Promise<string>;
  /** The one that is closed goes on; `openedAt` of the trouble is when. */
  abstract reopen(id: string, trouble: Trouble, tx: Tx): Promise<void>;
  /** Takes over the worse state with its reason, and every capability that is in trouble now. */
  abstract worsen(id: string, trouble: Pick<Trouble, 'worstState' | 'reason'>, tx: Tx): Promise<void>;
  /** Adds a capability in trouble. */
  abstract affect(id: string, capability: string, tx: Tx): Promise<void>;
  /** Ends the open one. @returns its id; undefined when none is open */
  abstract close(platform: string, region: string, closedAt: Date, tx: Tx): Promise<string | undefined>;
  abstract openOne(platform: string, region: string, tx: Tx): Promise<string | undefined>;
  abstract get(id: string): Promise<Incident | undefined>;
  /** Newest first; `at` is the key of the page. */
  abstract list(filter: IncidentFilter): Promise<(Incident & { readonly at: string })[]>;
}
