import type { ResumeToken } from '../../platforms/domain/publish-outcome.js';
import type { EngineTarget } from '../../publishing/domain/engine.js';
import { accountTaken, postOwned } from '../../publishing/domain/targets/publishing.errors.js';
import type { AttemptRecord, TargetRecord } from '../../publishing/domain/targets/target-record.js';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '../../publishing/domain/targets/target-state.js';
import type { TargetStatus } from '../../publishing/domain/targets/target-status.js';

export type MemoryTarget = TargetRecord & EngineTarget;

export interface MemoryAttempt extends AttemptRecord {
  readonly postId: string;
  readonly accountId: string;
  readonly no: number;
  readonly workerId: string;
  readonly resume?: ResumeToken;
}

export interface MemoryLease {
  readonly fence: string;
  readonly workerId: string;
}

export interface MemoryIntent {
  readonly fence: string;
  readonly at: Date;
  readonly takenBy: 'publish' | 'cancel' | 'edit' | 'reroute' | 'hold';
}

/** One line of a target's history. */
export interface MemoryEvent {
  readonly seq: number;
  readonly from: TargetStatus | undefined;
  readonly to: TargetStatus;
  readonly cause: string;
  readonly actor: string;
  readonly at: Date;
}

/** Which attempts the partial unique index sees. */
export const isOpen = (state: AttemptState): boolean => OPEN_ATTEMPT_STATES.includes(state);

/** An account may carry an occurrence again after one of these. */
export const OVER_WITHOUT_COPY: readonly TargetStatus[] = ['cancelled', 'missed', 'failed', 'rerouted'];

const key = (first: string, second: string | number): string => `${first}|${second}`;

/**
 * The publishing tables in memory with the keys, unique indexes and checks of `schema.md`. A transaction is a function:
 * what it wrote before it throws is undone.
 */
export class MemoryTables {
  readonly targets = new Map<string, MemoryTarget>();
  readonly attempts = new Map<string, MemoryAttempt>();
  readonly attemptsOf = new Map<string, string[]>();
  readonly leases = new Map<string, MemoryLease>();
  readonly intents = new Map<string, MemoryIntent>();
  readonly events = new Map<string, MemoryEvent[]>();
  /** Targets that a transaction has changed, until the reader empties it. */
  readonly touched = new Set<string>();
  private readonly carrying = new Map<string, string>();
  private readonly owners = new Map<string, string>();
  private readonly openOn = new Map<string, string>();
  private undo: (() => void)[] | undefined;
  private numbers = 0;

  /** @param options `oneOpenAttempt` false drops the unique index: a seeded bug for tests of the checker */
  constructor(private readonly options: { readonly oneOpenAttempt: boolean } = { oneOpenAttempt: true }) {}

  /** The next value of the fence's and of every id's sequence. */
  nextNumber(): number {
    return (this.numbers += 1);
  }

  run<T>(work: () => T): T {
    if (this.undo) return work();
    const undo: (() => void)[] = [];
    this.undo = undo;
    try {
      return work();
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  /** @throws DomainError `target.account_taken`, `target.post_owned`; Error when a CHECK would refuse the row */
  putTarget(row: MemoryTarget): void {
    const before = this.targets.get(row.id);
    checkRow(row);
    if (!before || before.status !== row.status) this.moveCarrier(row, before);
    if (row.platformPostId !== before?.platformPostId && row.platformPostId !== undefined) {
      const owned = key(row.accountId, row.platformPostId);
      if ((this.owners.get(owned) ?? row.id) !== row.id) throw postOwned();
      this.put(this.owners, owned, row.id);
    }
    this.put(this.targets, row.id, row);
    this.touched.add(row.id);
  }

  /** @returns false when the unique index has another open attempt of the post on the account */
  putAttempt(row: MemoryAttempt): boolean {
    const place = key(row.postId, row.accountId);
    const holder = this.openOn.get(place);
    if (this.options.oneOpenAttempt && isOpen(row.state)) {
      if (holder !== undefined && holder !== row.id) return false;
      this.put(this.openOn, place, row.id);
    } else if (holder === row.id) this.remove(this.openOn, place);
    if (!this.attempts.has(row.id)) this.put(this.attemptsOf, row.targetId, [...this.idsOf(row.targetId), row.id]);
    this.put(this.attempts, row.id, row);
    this.touched.add(row.targetId);
    return true;
  }

  putEvent(targetId: string, event: Omit<MemoryEvent, 'seq'>): void {
    const events = this.events.get(targetId) ?? [];
    this.put(this.events, targetId, [...events, { ...event, seq: events.length + 1 }]);
  }

  putLease(targetId: string, lease: MemoryLease): boolean {
    if (this.leases.has(targetId)) return false;
    this.put(this.leases, targetId, lease);
    return true;
  }

  dropLease(targetId: string, fence?: string): void {
    if (fence === undefined || this.leases.get(targetId)?.fence === fence) this.remove(this.leases, targetId);
  }

  /** The primary key (target, version): the one arbiter. @returns false when the version is taken */
  putIntent(targetId: string, version: number, intent: MemoryIntent): boolean {
    const place = key(targetId, version);
    if (this.intents.has(place)) return false;
    this.put(this.intents, place, intent);
    this.touched.add(targetId);
    return true;
  }

  intentOf(targetId: string, version: number): MemoryIntent | undefined {
    return this.intents.get(key(targetId, version));
  }

  attemptsOn(targetId: string): readonly MemoryAttempt[] {
    return this.idsOf(targetId).map((id) => this.attempts.get(id) as MemoryAttempt);
  }

  /** Whether another attempt of the post on the account is open. */
  isPostOpen(postId: string, accountId: string): boolean {
    return this.openOn.has(key(postId, accountId));
  }

  private idsOf(targetId: string): readonly string[] {
    return this.attemptsOf.get(targetId) ?? [];
  }

  private moveCarrier(row: MemoryTarget, before: MemoryTarget | undefined): void {
    const place = key(row.occurrenceId, row.accountId);
    const holder = this.carrying.get(place);
    if (OVER_WITHOUT_COPY.includes(row.status)) {
      if (before && holder === row.id) this.remove(this.carrying, place);
      return;
    }
    if (holder !== undefined && holder !== row.id) throw accountTaken();
    this.put(this.carrying, place, row.id);
  }

  private put<V>(table: Map<string, V>, id: string, value: V): void {
    const before = table.get(id);
    this.undo?.push(() => (before === undefined ? table.delete(id) : table.set(id, before)));
    table.set(id, value);
  }

  private remove<V>(table: Map<string, V>, id: string): void {
    const before = table.get(id);
    if (before === undefined) return;
    this.undo?.push(() => table.set(id, before));
    table.delete(id);
  }
}

const checkRow = (row: MemoryTarget): void => {
  if (row.status === 'published' && row.platformPostId === undefined && row.platformHandle === undefined)
    throw new Error(`published_has_proof: ${row.id}`);
  if (row.status === 'unconfirmed' && !row.nextCheckAt) throw new Error(`unconfirmed_is_checked: ${row.id}`);
  if (row.status === 'held' && !(row.holdReason && row.holdUntil)) throw new Error(`held_says_why: ${row.id}`);
};
