import { plusMs, SECOND_MS } from '../../../kernel/durations.js';
import type { StepContext } from '../../../publishing/domain/firing/step-context.js';
import { publishingTiming } from '../../../publishing/domain/publishing-timing.js';
import { TERMINAL_STATUSES } from '../../../publishing/domain/targets/target-status.js';
import type { Route } from '../../../routing/domain/route.js';
import { loadTiming } from '../../../routing/domain/load-spread.policy.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import { MemoryJournal } from '../../domain/memory-journal.js';
import { MemoryTables, type MemoryTarget } from '../../domain/memory-tables.js';
import { type HealthSource, placeKey } from '../health/health-source.js';
import type { Stage } from '../run/stage.js';
import type { PlannedPost } from '../world/workload.js';
import type { AccountBook } from './account-book.js';
import { AccountLoads } from './account-loads.js';
import { routeOf } from './routes.js';

/** Ticks of waiting targets: what comes due between two of them is decided together. */
const WAITING_TICK_MS = 500;

const ignore = (): void => undefined;

/** Who acts when a row's time has come. */
export interface Duties {
  fire(ids: readonly string[]): void;
  look(id: string): void;
  reconsider(ids: readonly string[]): void;
  /** It is published. */
  live(id: string): void;
}

/** Tables, clock and lists of our engine in one run. Rows are found by what they wait for, never by a scan. */
export class Desk {
  readonly tables = new MemoryTables();
  readonly journal: MemoryJournal;
  readonly timing = publishingTiming(1);
  readonly routing = routingTiming(1);
  readonly loadTiming = loadTiming(1);
  readonly loads: AccountLoads;
  /** Let through a ramp when they were released: they need no second token. */
  readonly letThrough = new Set<string>();
  duties: Duties = { fire: ignore, look: ignore, reconsider: ignore, live: ignore };
  /** Held because of its platform, by place. */
  readonly heldIn = new Map<string, Set<string>>();
  /** Waiting for another try, by place. */
  readonly retriesIn = new Map<string, Set<string>>();
  /** Rerouted origins that may still go out at home, by account, with the moment they moved. */
  readonly movedFrom = new Map<string, Map<string, number>>();
  /** In doubt: what stands for them may fail. */
  readonly doubtful = new Set<string>();
  /** Replacements that were refused, until another one is found. */
  readonly refused = new Set<string>();
  /** Origins of such, until something is live or on its way. */
  readonly stranded = new Set<string>();
  readonly open = new Set<string>();
  private readonly posts: ReadonlyMap<number, PlannedPost>;
  private readonly ofOccurrence = new Map<string, string[]>();
  private readonly routes = new Map<string, Route>();
  private readonly due = new Map<number, string[]>();
  private readonly waiting = new Map<number, string[]>();

  constructor(
    readonly stage: Stage,
    readonly health: HealthSource,
    readonly accounts: AccountBook,
  ) {
    this.journal = new MemoryJournal(this.tables, () => stage.now());
    this.posts = new Map(stage.posts.map((post) => [post.no, post]));
    this.loads = new AccountLoads(stage, (id) => this.target(id));
    for (const account of stage.roster.all) this.routes.set(account.id, routeOf(stage.trace, stage.roster, account));
  }

  context(target: MemoryTarget): StepContext {
    return { now: this.stage.now(), timing: this.timing, jitter: this.jitter(target) };
  }

  /** Counted now, drawn by the few steps that ask. */
  jitter({ accountId, occurrenceId }: MemoryTarget): () => number {
    const { platform, no } = this.stage.roster.get(accountId);
    return this.stage.draws.lineOf('jitter', { platform, account: no }).later(Number(occurrenceId));
  }

  /** @throws RangeError for an id that is none */
  target(id: string): MemoryTarget {
    const row = this.journal.load(id);
    if (!row) throw new RangeError(`No target ${id}.`);
    return row;
  }

  /** The root's route. */
  routeOf({ rootId, accountId }: MemoryTarget): Route {
    const root = this.tables.targets.get(rootId);
    const route = this.routes.get(root?.accountId ?? accountId);
    if (!route) throw new RangeError(`No route for ${accountId}.`);
    return route;
  }

  postOf({ occurrenceId }: MemoryTarget): { readonly isEvergreen?: boolean } {
    return this.posts.get(Number(occurrenceId)) ?? {};
  }

  /** Targets of one post. */
  rowsOf(occurrenceId: string): readonly MemoryTarget[] {
    return (this.ofOccurrence.get(occurrenceId) ?? []).flatMap((id) => this.tables.targets.get(id) ?? []);
  }

  inserted(id: string): void {
    const row = this.target(id);
    const { occurrenceId } = row;
    this.loads.placed(row);
    const ids = this.ofOccurrence.get(occurrenceId);
    if (ids) ids.push(id);
    else this.ofOccurrence.set(occurrenceId, [id]);
    this.changed(id);
  }

  /** Files a row anew after every change; plans the moment at which it wants something. */
  changed(id: string): void {
    const row = this.target(id);
    const { status } = row;
    const place = this.placeOf(row);
    if (TERMINAL_STATUSES.includes(status) || status === 'needs_decision') this.open.delete(id);
    else this.open.add(id);
    file(this.heldIn, place, id, status === 'held' && row.holdReason === 'platform');
    file(this.retriesIn, place, id, status === 'scheduled' && row.tries > 0);
    if (status === 'unconfirmed') this.doubtful.add(id);
    else this.doubtful.delete(id);
    if (status === 'failed' && row.role === 'reroute') {
      this.refused.add(id);
      this.stranded.add(row.rootId);
    }
    if (status === 'scheduled') this.planDue(id, row.dueAt);
    if (status === 'held') this.planWaiting(id, row.dueAt);
    if (status === 'published') this.duties.live(id);
    if (row.nextCheckAt) this.planLook(id, row.nextCheckAt);
  }

  /** Nothing waits for anything any more, nor to go out at home. */
  get isIdle(): boolean {
    return (
      this.open.size === 0 && this.stranded.size === 0 && [...this.movedFrom.values()].every(({ size }) => size === 0)
    );
  }

  moved({ id, accountId }: MemoryTarget): void {
    const moved = this.movedFrom.get(accountId) ?? new Map<string, number>();
    this.movedFrom.set(accountId, moved.set(id, this.stage.nowMs));
  }

  private placeOf({ accountId }: Pick<MemoryTarget, 'accountId'>): string {
    return placeKey(this.stage.roster.get(accountId));
  }

  /** Fires it once more a little later. */
  again(id: string, inMs: number): void {
    this.planDue(id, plusMs(this.stage.now(), inMs));
  }

  private planDue(id: string, dueAt: Date): void {
    const atMs = Math.max(this.stage.nowMs, this.stage.msOf(dueAt));
    const isFirst = gather(this.due, atMs, id);
    if (!isFirst) return;
    this.stage.at(atMs, () => {
      const ids = this.due.get(atMs) ?? [];
      this.due.delete(atMs);
      this.duties.fire(ids);
    });
  }

  private planWaiting(id: string, dueAt: Date): void {
    const soonestMs = Math.max(this.stage.nowMs, this.stage.msOf(dueAt));
    const atMs = Math.ceil(soonestMs / WAITING_TICK_MS) * WAITING_TICK_MS;
    if (!gather(this.waiting, atMs, id)) return;
    this.stage.at(atMs, () => {
      const ids = this.waiting.get(atMs) ?? [];
      this.waiting.delete(atMs);
      this.duties.reconsider(ids);
    });
  }

  private planLook(id: string, at: Date): void {
    const atMs = Math.max(this.stage.nowMs, this.stage.msOf(at));
    this.stage.at(atMs, () => {
      const nextCheckAt = this.tables.targets.get(id)?.nextCheckAt;
      if (nextCheckAt?.getTime() === at.getTime()) this.duties.look(id);
    });
  }
}

/** While our line seems cut nothing is begun; asked again after this. */
export const SUSPECT_WAIT_MS = 5 * SECOND_MS;

/** @returns whether it is the first of its moment */
const gather = (lists: Map<number, string[]>, atMs: number, id: string): boolean => {
  const list = lists.get(atMs);
  if (list) list.push(id);
  else lists.set(atMs, [id]);
  return !list;
};

const file = (index: Map<string, Set<string>>, place: string, id: string, belongs: boolean): void => {
  const known = index.get(place);
  if (!belongs) known?.delete(id);
  else if (known) known.add(id);
  else index.set(place, new Set([id]));
};
