import type { StatusSnapshot } from './status-snapshot.js';

/** What the tables say now. */
export abstract class StatusFacts {
  /** undefined: no workspace has chosen this name. */
  abstract read(slug: string): Promise<StatusSnapshot | undefined>;
  /** Names of all pages, at most `limit`. */
  abstract slugs(limit: number): Promise<readonly string[]>;
}

/** Copies that outlive this process and the database. */
export abstract class KeptCopies {
  /** undefined: there is none, or none that can be read. */
  abstract load(slug: string): Promise<StatusSnapshot | undefined>;
  abstract save(snapshot: StatusSnapshot): Promise<void>;
  abstract drop(slug: string): Promise<void>;
}
