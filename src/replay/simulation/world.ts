import { plusMs, SECOND_MS } from '../../kernel/durations.js';
import type { PublishingTiming } from '../../publishing/domain/publishing-timing.js';
import { publishingTiming } from '../../publishing/domain/publishing-timing.js';
import type { StepContext } from '../../publishing/domain/firing/step-context.js';
import type { TargetRef } from '../../publishing/domain/targets/target-record.js';
import { routingTiming } from '../../routing/domain/routing-timing.js';
import { EventQueue } from '../domain/event-queue.js';
import { MemoryJournal } from '../domain/memory-journal.js';
import { MemoryTables } from '../domain/memory-tables.js';
import { Random } from '../domain/random.js';
import { AccountBook } from './account-book.js';
import { HealthModel } from './health-model.js';
import { NOBODY, type Observer } from './observer.js';
import { PlatformModel } from './platform-model.js';
import { DatabaseAway, type Life, SimulatedWorker, type Wait, type Work } from './process.js';
import { FAULTS_END_MS, type Scenario } from './scenario.js';
import { START } from './start.js';
import { Trace } from './trace.js';

/** Bugs that a checker worth its name must find; all off in the product. */
export interface SeededBugs {
  readonly noFence?: boolean;
  readonly noHold?: boolean;
  readonly intentAfterCall?: boolean;
  readonly noUniqueIndex?: boolean;
  readonly trustSickReads?: boolean;
}

/** Held targets ask again this often here; once a minute in production, which would only make runs longer. */
const RECONSIDER_MS = 10 * 60 * SECOND_MS;

const MOST_KILLS = 30;

/** One run: clock, queue, stores, workers and the faults between them. */
export class World {
  nowMs = 0;
  readonly queue = new EventQueue();
  readonly random: Random;
  readonly trace: Trace;
  readonly tables: MemoryTables;
  readonly journal: MemoryJournal;
  readonly platforms: PlatformModel;
  readonly health = new HealthModel();
  readonly accounts: AccountBook;
  observer: Observer = NOBODY;
  /** Something may be due earlier than the next tick. */
  planTick: () => void = () => undefined;
  kills = 0;
  readonly workers: SimulatedWorker[] = [];
  readonly lives = new Map<string, Life>();
  readonly timing: PublishingTiming = { ...publishingTiming(1), reconsiderMs: RECONSIDER_MS };
  readonly routing = routingTiming(1);
  databaseAwayUntilMs = 0;
  /** What a worker does with a wake-up. */
  pump: (worker: SimulatedWorker, ref: TargetRef) => void = () => undefined;
  /** When signals are folded next. */
  assessAtMs = 0;

  constructor(
    readonly scenario: Scenario,
    readonly bugs: SeededBugs,
    keepTrace: boolean,
  ) {
    this.random = new Random(scenario.seed ^ 0x51ab);
    this.trace = new Trace(keepTrace);
    this.tables = new MemoryTables({ oneOpenAttempt: !bugs.noUniqueIndex });
    this.journal = new MemoryJournal(this.tables, () => this.now(), {
      noFence: bugs.noFence === true,
      anyState: bugs.intentAfterCall === true,
    });
    this.platforms = new PlatformModel(scenario, this.random);
    this.accounts = new AccountBook(scenario);
  }

  /** The database's clock. */
  now(): Date {
    return plusMs(START, this.nowMs);
  }

  /** A worker's own idea of the time. */
  nowOf(worker: SimulatedWorker): Date {
    return plusMs(START, this.nowMs + worker.skewMs);
  }

  contextOf(worker: SimulatedWorker): StepContext {
    // Drawn whether it is asked or not: what a seed does stays as it was.
    const drawn = this.random.next();
    return { now: this.nowOf(worker), timing: this.timing, jitter: () => drawn };
  }

  /** Faults of our own end, so that everything must come to rest. */
  get makesFaults(): boolean {
    return this.nowMs < FAULTS_END_MS;
  }

  after(ms: number, run: () => void): void {
    this.queue.add(this.nowMs + Math.max(0, Math.round(ms)), run);
  }

  log(line: string): void {
    this.trace.log(this.nowMs, line);
  }

  startWorker(): SimulatedWorker {
    const worker = new SimulatedWorker(`worker${this.workers.length + 1}`, this.newLife());
    this.workers.push(worker);
    this.log(`${worker.name} starts as ${worker.life.id}`);
    return worker;
  }

  newLife(): Life {
    const life = { id: `life${this.lives.size + 1}`, isLost: false };
    this.lives.set(life.id, life);
    return life;
  }

  /** One that runs now; undefined when none does. */
  anyWorker(): SimulatedWorker | undefined {
    const ready = this.workers.filter(({ isAlive, frozenUntilMs }) => isAlive && frozenUntilMs <= this.nowMs);
    return ready.length === 0 ? undefined : this.random.pick(ready);
  }

  /** kill -9: what it had sent goes on without it. Another process comes up later. */
  crash(worker: SimulatedWorker, where: string): void {
    if (!worker.isAlive) return;
    worker.isAlive = false;
    worker.life.isLost = true;
    this.kills += 1;
    this.log(`${worker.name} dies at ${where}`);
    this.after(this.random.int(1, 30) * SECOND_MS, () => this.startWorker());
  }

  spawn(worker: SimulatedWorker, name: string, work: Work): void {
    this.advance({ worker, name, work }, () => work.next());
  }

  private advance(task: Task, go: () => IteratorResult<Wait, void>): void {
    const { worker } = task;
    if (!worker.isAlive) return;
    if (worker.frozenUntilMs > this.nowMs) {
      this.queue.add(worker.frozenUntilMs, () => this.advance(task, go));
      return;
    }
    try {
      const { done, value } = go();
      if (!done) this.wait(task, value);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      this.log(`${worker.name} ${task.name} ends: database away`);
    }
    this.observer.afterEvent();
  }

  private wait(task: Task, wait: Wait): void {
    if (wait.kind === 'sleep') this.after(wait.ms, () => this.resume(task, undefined));
    else if (wait.kind === 'db') this.after(this.random.int(1, 8), () => this.execute(task, wait));
    else this.after(wait.thereMs, () => this.deliver(task, wait));
  }

  private execute(task: Task, { name, run }: Extract<Wait, { kind: 'db' }>): void {
    const { worker } = task;
    const { dbError, ackLost } = this.scenario.faults;
    const crash = this.crashChance;
    if (this.fails(crash)) return this.crash(worker, `before ${name}`);
    if (this.nowMs < this.databaseAwayUntilMs || this.fails(dbError)) return this.fail(task, name);
    let settle: () => void;
    try {
      const value = run();
      settle = () => this.resume(task, value);
    } catch (error) {
      settle = () => this.advance(task, () => task.work.throw(error));
    }
    this.observer.afterEvent();
    if (this.fails(crash)) return this.crash(worker, `after ${name}`);
    if (this.fails(ackLost)) return this.fail(task, `${name} (done)`);
    this.after(this.random.int(1, 8), settle);
  }

  /** The request arrives whatever became of its sender. */
  private deliver(task: Task, { name, backMs, run }: Extract<Wait, { kind: 'call' }>): void {
    const value = run();
    this.observer.afterEvent();
    if (this.fails(this.crashChance)) return this.crash(task.worker, `after ${name}`);
    this.after(backMs, () => this.resume(task, value));
  }

  private fail(task: Task, name: string): void {
    this.log(`${task.worker.name} ${name}: no answer from the database`);
    this.after(this.random.int(10, 2_000), () => this.advance(task, () => task.work.throw(new DatabaseAway(name))));
  }

  private resume(task: Task, value: unknown): void {
    this.advance(task, () => task.work.next(value));
  }

  /** A run in which nothing but dying happens tells little. */
  private get crashChance(): number {
    return this.kills < MOST_KILLS ? this.scenario.faults.crash : 0;
  }

  private fails(p: number): boolean {
    return p > 0 && this.makesFaults && this.random.chance(p);
  }
}

interface Task {
  readonly worker: SimulatedWorker;
  readonly name: string;
  readonly work: Work;
}
