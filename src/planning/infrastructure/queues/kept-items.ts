import { MINUTE_MS } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { Moment } from './planning-changes.repository.js';

/** The evergreen posts of a workspace as they were at a moment. */
export interface KeptLibrary {
  readonly items: readonly PlanningItem[];
  readonly asOf: Moment;
  readonly hasViews: boolean;
}

/** Most posts kept in all, about 1.5 KB each; a larger library is read anew each time. */
const MAX_ITEMS = 40_000;
/** What a workspace without posts counts, so that many of them are bounded too. */
const ENTRY_WEIGHT = 20;
/** Far below the time for which changes are noted. */
const IDLE_MS = 10 * MINUTE_MS;

interface Entry extends KeptLibrary {
  readonly usedAtMs: number;
}

/** What plans were made of last, of the workspaces that were asked about last: in this process, bounded. */
export class KeptItems {
  /** Least recently used first. */
  private readonly entries = new Map<WorkspaceId, Entry>();
  private weight = 0;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly maxItems = MAX_ITEMS,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Whoever uses it must ask first what changed since. */
  find(workspaceId: WorkspaceId): KeptLibrary | undefined {
    this.forgetIdle();
    return this.entries.get(workspaceId);
  }

  keep(workspaceId: WorkspaceId, library: KeptLibrary): void {
    this.drop(workspaceId);
    const weight = weightOf(library);
    if (weight > this.maxItems) return;
    for (const oldest of this.entries.keys()) {
      if (this.weight + weight <= this.maxItems) break;
      this.drop(oldest);
    }
    this.entries.set(workspaceId, { ...library, usedAtMs: this.nowMs() });
    this.weight += weight;
    this.sweeper ??= setInterval(() => this.forgetIdle(), MINUTE_MS).unref();
  }

  private forgetIdle(): void {
    const now = this.nowMs();
    for (const [workspaceId, { usedAtMs }] of this.entries) if (now - usedAtMs > IDLE_MS) this.drop(workspaceId);
    if (this.entries.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  private drop(workspaceId: WorkspaceId): void {
    const entry = this.entries.get(workspaceId);
    if (!entry) return;
    this.entries.delete(workspaceId);
    this.weight -= weightOf(entry);
  }
}

const weightOf = ({ items }: KeptLibrary): number => items.length + ENTRY_WEIGHT;
