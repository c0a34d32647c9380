import type { DeliveryVerdict } from '../../domain/delivery.policy.js';
import type { Claim, Outcome, Recipients } from '../../domain/recipients.port.js';

/** PostgreSQL flushes commits that come together at once, so that waiting for one another would gain nothing. */
const STATEMENTS = 3;

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit for the ledger: while its statements are under way, the entries of all lanes gather for the next. A lane
 * that records an outcome before it asks for the next intent has at most one message in its hands that nobody knows
 * the end of, so a killed process leaves at most as many `unknown` as it has lanes.
 */
export class RecipientLedger {
  private outcomes: Waiting<Outcome, void>[] = [];
  private handOvers: Waiting<Claim, boolean>[] = [];
  private isGathering = false;
  private writing = 0;

  /**
   * @param pausesMs before each further try to store an outcome
   * @param statements under way at once
   */
  constructor(
    private readonly recipients: Pick<Recipients, 'settle'>,
    private readonly pausesMs: readonly number[] = [100, 1_000, 3_000, 5_000],
    private readonly statements = STATEMENTS,
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
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.isGathering || this.writing >= this.statements) return;
    this.isGathering = true;
    // Lanes that were woken by the same answers get the chance to add theirs.
    await new Promise((next) => setImmediate(next));
    this.isGathering = false;
    this.writing += 1;
    while (this.outcomes.length + this.handOvers.length > 0) await this.writeOnce();
    this.writing -= 1;
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
    await new Promise((next) => setImmediate(next));
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
