import type { MailDelivery } from './mailer.port.js';
import { blameOf } from './blame.js';
import type { MailServer } from './mail-server.js';
import { Pace } from './pace.js';

/** Troubles without a success in between: one lost connection of ten says nothing. */
const TROUBLES_TO_REST = 3;
/** A server that is in trouble rests this many times longer each time, up to the last. */
const REST_GROWTH = 2;
const MAX_REST_TIMES = 20;
/** A server that is busy is asked again so soon. */
const BUSY_MS = 20;

/** Where a message may leave, or how long it has to wait. */
export type Place =
  | { readonly server: MailServer }
  /** `isClosed`: no server takes anything, for any receiver. */
  | { readonly waitMs: number; readonly isClosed: boolean };

interface Counter {
  inFlight: number;
  /** In a row. */
  troubles: number;
  /** In a row; more than none: it has to prove itself. */
  rests: number;
  restsUntil: number;
  /** Messages its warm-up still allows; Infinity: warm. */
  allowance: number;
  readonly paces: Map<string, Pace>;
}

/**
 * What one process knows of its mail servers: which rest, which receivers push back, how many messages are under way.
 * A server that rested proves itself with one message before it gets more. Times are milliseconds of one clock.
 */
export class ServerDesk {
  private readonly counters = new Map<string, Counter>();

  /** @param restMs after the first trouble */
  constructor(private readonly restMs: number) {}

  /** Whether any of the servers takes anything now. */
  isOpen(servers: readonly MailServer[], now: number): boolean {
    return servers.some((server) => this.restOf(server, now) === 0 && this.counter(server).allowance > 0);
  }

  /** The server for one more message: the first by priority that can, the idlest among equals. */
  choose(servers: readonly MailServer[], domain: string, now: number): Place {
    const waits = servers.map((server) => ({ server, ...this.waitOf(server, domain, now) }));
    const free = waits.filter(({ waitMs }) => waitMs === 0).map(({ server }) => server);
    const [best] = free.toSorted((a, b) => a.priority - b.priority || this.load(a) - this.load(b));
    if (best) return { server: best };
    return {
      waitMs: Math.min(Infinity, ...waits.map(({ waitMs }) => waitMs)),
      isClosed: waits.every(({ isClosed }) => isClosed),
    };
  }

  /** A message is on its way. */
  begin(server: MailServer, domain: string, now: number): void {
    const counter = this.counter(server);
    counter.inFlight += 1;
    counter.allowance -= 1;
    this.pace(server, domain, now).take(now);
  }

  /** It did not leave after all. */
  withdraw(server: MailServer): void {
    const counter = this.counter(server);
    counter.inFlight -= 1;
    counter.allowance += 1;
  }

  /** What became of it. */
  end(server: MailServer, domain: string, delivery: MailDelivery, now: number): void {
    const counter = this.counter(server);
    counter.inFlight -= 1;
    const blame = blameOf(delivery);
    if (blame === 'server') return this.trouble(counter, now);
    if (blame === 'receiver') this.pace(server, domain, now).pushBack(now);
    if (delivery.kind !== 'unknown') [counter.troubles, counter.rests] = [0, 0];
  }

  /** So many more messages its warm-up allows this process; Infinity when it is warm. */
  grant(server: MailServer, messages: number): void {
    this.counter(server).allowance += messages;
  }

  /** Takes back what it was granted and did not send. */
  revoke(server: MailServer): number {
    const counter = this.counter(server);
    const unused = counter.allowance;
    counter.allowance = 0;
    return unused;
  }

  allowanceOf(server: MailServer): number {
    return this.counter(server).allowance;
  }

  private waitOf(server: MailServer, domain: string, now: number): { waitMs: number; isClosed: boolean } {
    const counter = this.counter(server);
    const rest = this.restOf(server, now);
    if (rest > 0) return { waitMs: rest, isClosed: true };
    if (counter.allowance <= 0) return { waitMs: Infinity, isClosed: true };
    const isProving = counter.rests > 0;
    if (counter.inFlight >= (isProving ? 1 : server.connections)) return { waitMs: BUSY_MS, isClosed: false };
    return { waitMs: this.pace(server, domain, now).waitMs(now), isClosed: false };
  }

  private restOf(server: MailServer, now: number): number {
    return Math.max(0, this.counter(server).restsUntil - now);
  }

  /** What was under way when it began to rest says nothing more. */
  private trouble(counter: Counter, now: number): void {
    if (counter.restsUntil > now) return;
    counter.troubles += 1;
    if (counter.rests === 0 && counter.troubles < TROUBLES_TO_REST) return;
    counter.restsUntil = now + this.restMs * Math.min(REST_GROWTH ** counter.rests, MAX_REST_TIMES);
    counter.rests += 1;
  }

  private load(server: MailServer): number {
    return this.counter(server).inFlight / server.connections;
  }

  private counter({ id, warmUp }: MailServer): Counter {
    const known = this.counters.get(id);
    if (known) return known;
    const allowance = warmUp === null ? Infinity : 0;
    const fresh = { inFlight: 0, troubles: 0, rests: 0, restsUntil: 0, allowance, paces: new Map<string, Pace>() };
    this.counters.set(id, fresh);
    return fresh;
  }

  private pace(server: MailServer, domain: string, now: number): Pace {
    const { paces } = this.counter(server);
    const pace = paces.get(domain) ?? new Pace(server.perSecond ?? Infinity, now);
    // The one asked for last is the youngest; the oldest makes room.
    paces.delete(domain);
    paces.set(domain, pace);
    if (paces.size > MAX_PACES) paces.delete(paces.keys().next().value ?? domain);
    return pace;
  }
}

/** Receivers remembered per server; a list of a million people has some ten thousand domains, most with one person. */
const MAX_PACES = 10_000;
