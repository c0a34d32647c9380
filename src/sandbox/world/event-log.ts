import type { SandboxPlatform } from './sandbox-platform.js';

/** `accepted`: a platform took responsibility for a post. `live`: people can see it. `call`: a request arrived. */
export const EVENT_NAMES = ['accepted', 'live', 'call'] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export interface SandboxEvent {
  /** Grows by one; pass it as `after` to wait for what follows. */
  readonly seq: number;
  readonly at: string;
  readonly platform: SandboxPlatform;
  readonly event: EventName;
  readonly step?: string;
  readonly accountExternalId?: string;
  readonly handle?: string;
}

export interface EventFilter {
  readonly platform?: SandboxPlatform;
  readonly event: EventName;
  readonly step?: string;
}

/** Events kept for `after`; older ones are forgotten. */
const KEPT_EVENTS = 20_000;

const matches = (event: SandboxEvent, filter: EventFilter): boolean =>
  event.event === filter.event &&
  (filter.platform === undefined || filter.platform === event.platform) &&
  (filter.step === undefined || filter.step === event.step);

/** What happened, in order, so that tests wait for a thing instead of for time. */
export class EventLog {
  #events: SandboxEvent[] = [];
  #seq = 0;
  readonly #listeners = new Set<(event: SandboxEvent) => void>();

  get seq(): number {
    return this.#seq;
  }

  emit(event: Omit<SandboxEvent, 'seq'>): void {
    this.#seq += 1;
    const numbered = { seq: this.#seq, ...event };
    this.#events.push(numbered);
    if (this.#events.length > KEPT_EVENTS) this.#events = this.#events.slice(-KEPT_EVENTS / 2);
    for (const listener of [...this.#listeners]) listener(numbered);
  }

  /** What happened after `after`, oldest first; events long past are forgotten. */
  since(after: number, event: EventName): readonly SandboxEvent[] {
    return this.#events.filter((one) => one.seq > after && one.event === event);
  }

  /** The first matching event after `after` (default: from now on), or undefined when `timeoutMs` of real time passed. */
  next(filter: EventFilter, after: number | undefined, timeoutMs: number): Promise<SandboxEvent | undefined> {
    const past = this.#events.find((event) => event.seq > (after ?? this.#seq) && matches(event, filter));
    if (past) return Promise.resolve(past);
    return new Promise((resolve) => {
      const finish = (event?: SandboxEvent): void => {
        clearTimeout(timer);
        this.#listeners.delete(listen);
        resolve(event);
      };
      const listen = (event: SandboxEvent): void => {
        if (matches(event, filter)) finish(event);
      };
      const timer = setTimeout(finish, timeoutMs, undefined);
      timer.unref();
      this.#listeners.add(listen);
    });
  }
}
