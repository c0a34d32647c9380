import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import type { Kill } from './checker/rows.ts';
import type { LifePlan } from './plan.ts';

/** What every life of a worker gets. */
export interface WorkerEnv {
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
}

interface Life {
  readonly program: Program;
  /** Lines of its output that were read already. */
  read: number;
  readonly workerIds: string[];
  killedAtStep: string | undefined;
  /** We end it ourselves: nobody takes its place. */
  isOver: boolean;
}

/** Who hears of it. */
export interface Told {
  readonly kill: (kill: Kill) => void;
  readonly say: (line: string) => void;
}

const CUT_WHILE_STALLED_MS = 2_500;
const TRIES = 5;

/** One place for a worker, with a cable of its own to the database; whoever dies there is replaced. */
export class WorkerPlace {
  private life: Life | undefined;
  private starting: Promise<void> = Promise.resolve();
  private isClosed = false;

  private readonly proxy: TcpProxy;
  private readonly worker: WorkerEnv;
  private readonly next: () => LifePlan | undefined;
  private readonly told: Told;

  private constructor(proxy: TcpProxy, worker: WorkerEnv, next: () => LifePlan | undefined, told: Told) {
    this.proxy = proxy;
    this.worker = worker;
    this.next = next;
    this.told = told;
  }

  static async open(worker: WorkerEnv, next: () => LifePlan | undefined, told: Told): Promise<WorkerPlace> {
    const proxy = await startTcpProxy(Number(new URL(worker.databaseUrl).port || 5432));
    const place = new WorkerPlace(proxy, worker, next, told);
    await place.begin();
    return place;
  }

  /** Whether a worker is ready here. */
  get isAlive(): boolean {
    return this.life !== undefined;
  }

  /** `kill -9` at whatever moment this is; a worker that is only starting is left alone. */
  async killNow(): Promise<void> {
    if (this.life) await this.life.program.kill();
  }

  /** The connections to the database break; new ones are refused for so long. */
  cutFor(ms: number): void {
    this.proxy.cut();
    setTimeout(() => this.proxy.mend(), ms);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.starting;
    if (this.life) this.life.isOver = true;
    await this.life?.program.stop();
    await this.proxy.stop();
  }

  private begin(): Promise<void> {
    this.starting = this.start().catch((error: unknown) => this.told.say(`a worker could not start: ${String(error)}`));
    return this.starting;
  }

  private async start(): Promise<void> {
    const plan = this.next();
    const url = new URL(this.worker.databaseUrl);
    url.port = String(this.proxy.port);
    const env = {
      ...this.worker.env,
      ROLE: 'worker',
      DATABASE_URL: url.href,
      ...(plan ? { CRASH_PLAN: JSON.stringify(plan) } : {}),
    };
    for (let attempt = 1; !this.isClosed; attempt += 1) {
      try {
        this.begun(await startProgram(['seeds/crash/worker.ts'], env, (line) => line === '{"ready":true}'));
        return;
      } catch (error) {
        // Its cable may have been cut while it started.
        if (attempt === TRIES) throw error;
      }
    }
  }

  private begun(program: Program): void {
    const life: Life = { program, read: 0, workerIds: [], killedAtStep: undefined, isOver: false };
    this.life = life;
    const reading = setInterval(() => this.listen(life), 20);
    void program.ended.then(() => {
      clearInterval(reading);
      this.listen(life);
      this.life = undefined;
      if (life.isOver) return;
      this.told.kill({ at: Date.now(), step: life.killedAtStep ?? 'random', workerIds: life.workerIds });
      if (!this.isClosed) void this.begin();
    });
  }

  private listen(life: Life): void {
    for (const line of life.program.lines.slice(life.read)) {
      life.read += 1;
      if (!line.startsWith('{')) continue;
      const { workerId, killed, stalled } = JSON.parse(line) as Readonly<Record<string, string | undefined>>;
      if (workerId !== undefined) life.workerIds.push(workerId);
      if (killed !== undefined) life.killedAtStep = killed;
      if (stalled === undefined) continue;
      this.told.say(`a worker stands still ${stalled}, cut off from the database`);
      this.cutFor(CUT_WHILE_STALLED_MS);
    }
  }
}
