/** What a piece of work waits for; at each of these its process may die. */
export type Wait =
  /** One transaction: on its way, executed, answered. */
  | { readonly kind: 'db'; readonly name: string; readonly run: () => unknown }
  | { readonly kind: 'sleep'; readonly ms: number }
  /** A request that reaches a platform after `thereMs` and is answered `backMs` later. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly thereMs: number;
      readonly backMs: number;
      readonly run: () => unknown;
    };

/** Work as a coroutine: each `yield` is a point at which everything else may happen. */
export type Work<T = void> = Generator<Wait, T, unknown>;

/** The database was away, or its answer got lost. */
export class DatabaseAway extends Error {}

export function* db<T>(name: string, run: () => T): Work<T> {
  return (yield { kind: 'db', name, run }) as T;
}

export function* sleep(ms: number): Work {
  yield { kind: 'sleep', ms };
}

export function* call<T>(name: string, way: { thereMs: number; backMs: number }, run: () => T): Work<T> {
  return (yield { kind: 'call', name, ...way, run }) as T;
}

/** One life of a worker: from registering to losing its lock. */
export interface Life {
  readonly id: string;
  /** Its lock is free: others may take over. */
  isLost: boolean;
}

/** A worker process. */
export class SimulatedWorker {
  isAlive = true;
  /** How far its clock is ahead of the database's, ms. */
  skewMs = 0;
  /** Stopped until then; what it does meanwhile happens afterwards. */
  frozenUntilMs = 0;
  /** Attempts whose calls this process runs. */
  readonly begun = new Set<string>();
  life: Life;

  constructor(
    readonly name: string,
    life: Life,
  ) {
    this.life = life;
  }
}
