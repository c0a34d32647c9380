import { DAY_MS } from '../../../kernel/durations.js';

/** How long someone who never confirmed stays on the list after they were last asked (`resilience.md` D2.3). */
export const UNCONFIRMED_FOR_MS = 30 * DAY_MS;

/** What is dropped because nobody may keep it any longer. */
export abstract class Retention {
  /**
   * Takes people off who were asked and did not answer: those who never agreed to anything go with all their lines;
   * who was on the list before goes back to having left, who was forgotten to being forgotten.
   * @param limit people at a time. @returns how many
   */
  abstract purgeUnconfirmed(afterMs: number, limit: number): Promise<number>;
}
