import { MINUTE_MS } from '../../../kernel/durations.js';
import type { TryAnswer } from '../world/answers.js';
import { type NextMove, SimplePublisher, type SimpleTarget } from './simple-publisher.js';

/** Waits before the second to the fifth try. */
const WAITS_MS = [1, 2, 4, 8].map((minutes) => minutes * MINUTE_MS);

/** Five tries, whatever went wrong; what was accepted is done. */
export class Shoutrrr extends SimplePublisher {
  protected after({ tries }: SimpleTarget, answer: TryAnswer): NextMove {
    if (answer.kind === 'processing') return { kind: 'done' };
    const inMs = WAITS_MS[tries - 1];
    return inMs === undefined ? { kind: 'give_up' } : { kind: 'again', inMs };
  }

  protected confirm(target: SimpleTarget): void {
    this.finish(target, true);
  }
}
