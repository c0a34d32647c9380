import type { DeliveryVerdict } from '../../domain/sending/delivery.policy.js';
import { MAX_CONNECTIONS } from '../../domain/sending/mail-server.js';
import type { Claim, Outcome, Recipients } from '../../domain/sending/recipients.port.js';

/**
 * A commit costs the database as much for one message as for ten, and processor time is what bounds a fast server: the
 * next statement waits this long for the other lanes, unless all of them wait already. A distant server never notices.
 */
const GATHER_MS = 3;

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit for the ledger: while its statement is under way, the entries of all lanes gather for the next. A lane
 * that records an outcome before it asks for the next intent has at most one message in its hands that nobody knows
 * the end of, so a killed process leaves at most as many `unknown` as it has lanes.
 */
export class RecipientLedger {
  private outcomes: Waiting<Outcome, void>[] = [];
  private handOvers: Waiting<Claim, boolean>[] = [];
  private isWriting = false;
  private everyoneWaits: (() => void) | undefined;

  /** @param pausesMs before each further try to store an outcome */
  constructor(
    private readonly recipients: Pick<Recipients, 'settle'>,
    private readonly pausesMs: readonly number[] = [100, 1_000, 3_000, 5_000],
  ) {}

  /** Resolves when the outcome is stored. */
  record(claim: Claim, verdict: DeliveryVerdict): Promise<void> {
    return this.add(this.outcomes, { claim, verdict });
  }

  /** Resolves when the intent is stored: true when the message may leave. */
  handOver(claim: Claim): Promise<boolean> {
    return this.add(this.handOvers, claim);
  }

  private add<Entry, Answer>(queue: Waiting<Entry, Answer>[], entry: Entry): Promise<Answer> {
    return new Promise((resolve, reject) => {
      queue.push({ entry, resolve, reject });
      if (this.handOvers.length >= MAX_CONNECTIONS) this.everyoneWaits?.();
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    while (this.outcomes.length + this.handOvers.length > 0) {
      await this.gather();
      await this.writeOnce();
    }
    this.isWriting = false;
  }

  private gather(): Promise<void> | undefined {
    if (this.handOvers.length >= MAX_CONNECTIONS) return undefined;
    return new Promise((next) => {
      const timer = setTimeout(next, GATHER_MS);
      this.everyoneWaits = () => {
        clearTimeout(timer);
        next();
      };
    });
  }

  private async writeOnce(): Promise<void> {
    const { outcomes, handOvers } = this;
    [this.outcomes, this.handOvers] = [[], []];
    try {
      const handed = await this.recipients.settle({
        outcomes: outcomes.map(({ entry }) => entry),
        handOvers: handOvers.map(({ entry }) => entry),
      });
      for (const { resolve } of outcomes) resolve();
      for (const { entry, resolve } of handOvers) resolve(handed.has(entry));
    } catch (error) {
      for (const { reject } of handOvers) reject(error);
      await this.insist(outcomes, error);
    }
  }

  /** What we know of a message is worth waiting for the database: without it the row would end `unknown`. */
  private async insist(outcomes: readonly Waiting<Outcome, void>[], error: unknown): Promise<void> {
    if (outcomes.length === 0) return;
    for (const pauseMs of this.pausesMs) {
      await new Promise((next) => setTimeout(next, pauseMs));
      try {
        await this.recipients.settle({ outcomes: outcomes.map(({ entry }) => entry), handOvers: [] });
        for (const { resolve } of outcomes) resolve();
        return;
      } catch {
        // The first error says best what happened.
      }
    }
    for (const { reject } of outcomes) reject(error);
  }
}
